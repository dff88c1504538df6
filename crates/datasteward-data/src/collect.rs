//! One field counted, value by value, in bounded memory.

use std::collections::BTreeSet;

use datasteward::lexicon::dates::{self, Date};
use datasteward::lexicon::roles::DataType;
use datasteward::model::{ColumnFacts, DataFacts};

/// Beyond so many different values a field is not counted any further.
const DISTINCT: usize = 10_000;

/// So many different values are a list of codes; more are names and texts.
const FEW: usize = 60;

/// A longer value is a text, and no two texts are counted as one.
const LONG: usize = 100;

/// Words that spreadsheets and exports write where there is no value.
const NO_VALUE: [&str; 9] = [
    "na", "n/a", "#n/a", "null", "none", "nan", "-", "--", "unknown",
];

/// All fields of a table.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    rows: u64,
    columns: Vec<Column>,
}

#[derive(Debug, Default)]
struct Column {
    name: String,
    shape: Option<DataType>,
    filled: u64,
    numbers: u64,
    whole: u64,
    days: u64,
    times: u64,
    codes: u64,
    not_a_number: Option<String>,
    not_a_date: Option<String>,
    least: Option<f64>,
    most: Option<f64>,
    first: Option<Date>,
    last: Option<Date>,
    /// The different values; nothing once there are too many.
    values: Option<BTreeSet<String>>,
}

impl Collector {
    /// A table with these fields. A blank heading is named by its place, and a second one of the same name too.
    pub(crate) fn new<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Self {
        let mut collector = Self::default();
        for name in names {
            collector.column(name.as_ref().trim());
        }
        collector
    }

    /// The number of a field that may be new.
    fn column(&mut self, name: &str) -> usize {
        let at = self.columns.len();
        let taken = name.is_empty() || self.columns.iter().any(|it| it.name == name);
        self.columns.push(Column {
            name: if taken {
                format!("{name} (field {})", at + 1).trim().to_owned()
            } else {
                name.to_owned()
            },
            values: Some(BTreeSet::new()),
            ..Column::default()
        });
        at
    }

    /// The number of a field by its name; new where no row before had it.
    pub(crate) fn named(&mut self, name: &str) -> usize {
        let found = self.columns.iter().position(|it| it.name == name);
        found.unwrap_or_else(|| self.column(name))
    }

    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    /// A row begins.
    pub(crate) fn row(&mut self) {
        self.rows += 1;
    }

    /// A value of the row that has begun.
    pub(crate) fn value(&mut self, at: usize, text: &str) {
        if let Some(column) = self.columns.get_mut(at) {
            column.add(text.trim());
        }
    }

    /// A field holds shapes.
    pub(crate) fn shape(&mut self, name: &str, shape: DataType) {
        let at = self.named(name);
        if let Some(column) = self.columns.get_mut(at) {
            column.filled += 1;
            column.shape = match column.shape {
                None => Some(shape),
                Some(before) if before == shape => Some(shape),
                Some(_) => Some(DataType::Geometry),
            };
        }
    }

    pub(crate) fn finish(self) -> DataFacts {
        DataFacts {
            name: String::new(),
            rows: Some(self.rows),
            columns: self.columns.into_iter().map(Column::finish).collect(),
        }
    }
}

impl Column {
    fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        self.count(text);
        if is_no_value(text) {
            return;
        }
        if self.not_a_number.is_none() {
            match number(text) {
                Some(number) => self.add_number(text, number),
                None => self.not_a_number = Some(text.chars().take(LONG).collect()),
            }
        }
        if self.not_a_date.is_none() {
            match day(text) {
                Some((day, is_time)) => {
                    self.days += 1;
                    self.times += u64::from(is_time);
                    self.first = Some(self.first.map_or(day, |first| first.min(day)));
                    self.last = Some(self.last.map_or(day, |last| last.max(day)));
                }
                None => self.not_a_date = Some(text.chars().take(LONG).collect()),
            }
        }
    }

    fn add_number(&mut self, text: &str, number: f64) {
        self.numbers += 1;
        let digits = text.trim_start_matches(['-', '+']);
        // 00123 is a code: as a number it would lose its zeros.
        let is_code = digits.len() > 1 && digits.starts_with('0') && !digits.contains('.');
        self.codes += u64::from(is_code);
        self.whole += u64::from(number.fract() == 0.0 && !text.contains('.'));
        self.least = Some(self.least.map_or(number, |least| least.min(number)));
        self.most = Some(self.most.map_or(number, |most| most.max(number)));
    }

    fn count(&mut self, text: &str) {
        let Some(values) = &mut self.values else {
            return;
        };
        if text.len() > LONG {
            self.values = None;
            return;
        }
        if !values.contains(text) {
            values.insert(text.to_owned());
        }
        if values.len() > DISTINCT {
            self.values = None;
        }
    }

    fn finish(self) -> ColumnFacts {
        let datatype = self.datatype();
        let few = self.values.as_ref().filter(|values| values.len() <= FEW);
        let is_number = matches!(datatype, DataType::Integer | DataType::Number);
        let is_date = matches!(datatype, DataType::Date | DataType::DateTime);
        // A range only where all values are of one kind: else it would be that of a part.
        let range = |number: Option<f64>, day: Option<Date>| {
            if is_date {
                day.map(|day| day.to_string())
            } else {
                number
                    .filter(|_| is_number)
                    .map(|number| number.to_string())
            }
        };
        ColumnFacts {
            smallest: range(self.least, self.first),
            largest: range(self.most, self.last),
            distinct: self.values.as_ref().map(|values| values.len() as u64),
            values: few.map_or_else(Vec::new, |values| values.iter().cloned().collect()),
            filled: Some(self.filled),
            not_a_number: self.not_a_number,
            not_a_date: self.not_a_date,
            datatype,
            name: self.name,
        }
    }

    fn datatype(&self) -> DataType {
        if let Some(shape) = self.shape {
            return shape;
        }
        if self.numbers > 0 && self.not_a_number.is_none() && self.codes == 0 {
            return if self.whole == self.numbers {
                DataType::Integer
            } else {
                DataType::Number
            };
        }
        if self.days > 0 && self.not_a_date.is_none() {
            return if self.times > 0 {
                DataType::DateTime
            } else {
                DataType::Date
            };
        }
        if self.is_yes_or_no() {
            DataType::Boolean
        } else if self.filled == 0 {
            DataType::Unknown
        } else {
            DataType::Text
        }
    }

    fn is_yes_or_no(&self) -> bool {
        self.values.as_ref().is_some_and(|values| {
            let mut words = values.iter().filter(|value| !is_no_value(value)).peekable();
            words.peek().is_some() && words.all(|value| is_yes_or_no(value))
        })
    }
}

fn is_no_value(text: &str) -> bool {
    NO_VALUE.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_yes_or_no(text: &str) -> bool {
    ["true", "false", "yes", "no", "y", "n", "t", "f"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// A number as exports write it: `-3.5`, `1,234`, `$1,200.00`, `12 %`, `1e6`.
fn number(text: &str) -> Option<f64> {
    let bare = text
        .trim_start_matches(['$', '€', '£'])
        .trim_end_matches('%')
        .trim();
    let starts =
        bare.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '+' | '.'));
    if !starts {
        return None;
    }
    let plain = if bare.contains(',') && groups_of_three(bare) {
        bare.replace(',', "")
    } else {
        bare.to_owned()
    };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

fn groups_of_three(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    groups
        .next()
        .is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3)
}

/// A date, and whether it has a time of day. Numbers alone are none: 2019 may be anything.
fn day(text: &str) -> Option<(Date, bool)> {
    let bytes = text.as_bytes();
    let begins = bytes.first().is_some_and(u8::is_ascii_digit);
    let split = bytes.iter().any(|byte| matches!(byte, b'-' | b'/'));
    if !begins || !split || !(8..=40).contains(&text.len()) {
        return None;
    }
    let written = dates::parse(text)?;
    if written.precision < dates::Precision::Day {
        return None;
    }
    // Exports write midnight where there is only a day.
    let is_midnight = ["T00:00:00", " 00:00:00", " 12:00:00 AM", "T00:00:00.000"]
        .iter()
        .any(|midnight| text.trim_end_matches('Z').ends_with(midnight));
    Some((written.date, text.contains(':') && !is_midnight))
}

#[cfg(test)]
mod tests {
    use super::{Collector, day, number};
    use datasteward::lexicon::roles::DataType;
    use datasteward::model::ColumnFacts;

    fn field(values: &[&str]) -> ColumnFacts {
        let mut table = Collector::new(["x"]);
        for value in values {
            table.row();
            table.value(0, value);
        }
        table.finish().columns.remove(0)
    }

    #[test]
    fn a_field_is_what_all_its_values_are() {
        for (values, wanted) in [
            (vec!["1", "2", ""], DataType::Integer),
            (vec!["1", "2.5", "N/A"], DataType::Number),
            (vec!["$1,200.00", "3"], DataType::Number),
            (vec!["00501", "10001"], DataType::Text),
            (vec!["1", "two"], DataType::Text),
            (vec!["2019-01-05", "01/30/2020"], DataType::Date),
            (vec!["2019-01-05T10:30:00"], DataType::DateTime),
            (vec!["2019-01-05T00:00:00.000"], DataType::Date),
            (vec!["Yes", "no"], DataType::Boolean),
            (vec!["213-555-0100"], DataType::Text),
            (vec!["", ""], DataType::Unknown),
        ] {
            assert_eq!(field(&values).datatype, wanted, "{values:?}");
        }
    }

    #[test]
    fn ranges_blanks_and_values_are_counted() {
        let found = field(&["10", "9.5", "", "9.5"]);
        assert_eq!(found.filled, Some(3));
        assert_eq!(found.distinct, Some(2));
        assert_eq!(found.smallest.as_deref(), Some("9.5"));
        assert_eq!(found.largest.as_deref(), Some("10"));
        let days = field(&["2019-05-01", "2018-12-31"]);
        assert_eq!(days.smallest.as_deref(), Some("2018-12-31"));
        // A range of a part would be no range.
        let mixed = field(&["10", "many"]);
        assert_eq!(
            (mixed.smallest, mixed.not_a_number.as_deref()),
            (None, Some("many"))
        );
    }

    #[test]
    fn many_and_long_values_are_not_kept() {
        let mut table = Collector::new(["x", "y"]);
        for number in 0..20_000 {
            table.row();
            table.value(0, &number.to_string());
            table.value(1, &"long ".repeat(40));
        }
        let facts = table.finish();
        assert_eq!(facts.rows, Some(20_000));
        for column in facts.columns {
            assert_eq!((column.distinct, column.values.len()), (None, 0));
        }
    }

    #[test]
    fn headings_are_told_apart() {
        let facts = Collector::new(["a", "", "a"]).finish();
        let names: Vec<_> = facts.columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "(field 2)", "a (field 3)"]);
    }

    #[test]
    fn numbers_and_days_are_read_as_exports_write_them() {
        assert_eq!(number("1,234.5"), Some(1234.5));
        assert_eq!(number("12 %"), Some(12.0));
        for text in ["1,2", "inf", "nan", "-", "1-2", ""] {
            assert_eq!(number(text), None, "{text}");
        }
        for text in ["2019", "12/5", "2019-13-40", "10-20 years"] {
            assert!(day(text).is_none(), "{text}");
        }
    }
}
