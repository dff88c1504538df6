//! Values to slots: what readers of all formats do alike.

use crate::lexicon::{dates, guides, html, placeholder, refresh};
use crate::model::{
    AddressPlace, Agent, BlankKind, Dataset, Day, Held, Inner, License, Origin, Period, Refresh,
    Slot, Spatial, Text, UnusualText,
};
use crate::source::tree::{Kind, Value};

/// The slot of a key: a value that is worth reading, or why there is none.
fn member<'t>(parent: Value<'t>, key: &str) -> Slot<Value<'t>> {
    match parent.get(key) {
        None => Slot::absent(parent.at()),
        Some(value) => present(value),
    }
}

/// A value that is worth reading, or why it is not.
pub(super) fn present(value: Value<'_>) -> Slot<Value<'_>> {
    let kind = match value.kind() {
        Kind::Null => BlankKind::Null,
        Kind::String if value.as_str().is_some_and(|text| text.trim().is_empty()) => {
            BlankKind::Empty
        }
        Kind::Array | Kind::Object if value.is_empty() => BlankKind::Empty,
        Kind::String if value.as_str().is_some_and(is_withheld) => {
            return Slot::NotInExport("It is withheld: a mark of redaction stands in its place");
        }
        _ => {
            return Slot::Filled(Held {
                value,
                at: value.at(),
                inner: if value.is_in_string() {
                    Inner::JsonInString
                } else {
                    Inner::Field
                },
            });
        }
    };
    Slot::Blank {
        at: value.at(),
        kind,
    }
}

/// Whether a text is nothing but the mark by which an agency withholds it: `[[REDACTED-EX B6]]`.
fn is_withheld(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("[[") && text.ends_with("]]") && text.contains("REDACT")
}

fn and_then<'t, T>(
    slot: Slot<Value<'t>>,
    read: impl FnOnce(Value<'t>) -> Result<T, BlankKind>,
) -> Slot<T> {
    match slot {
        Slot::Filled(held) => match read(held.value) {
            Ok(value) => Slot::Filled(Held {
                value,
                at: held.at,
                inner: held.inner,
            }),
            Err(kind) => Slot::Blank { at: held.at, kind },
        },
        Slot::Blank { at, kind } => Slot::Blank { at, kind },
        Slot::NotInExport(hint) => Slot::NotInExport(hint),
        Slot::NotInFormat(hint) => Slot::NotInFormat(hint),
    }
}

/// A text for readers. Words such as "none" stay: a rule quotes them.
pub(super) fn text<'t>(parent: Value<'t>, key: &str) -> Slot<Text<'t>> {
    and_then(member(parent, key), read_text)
}

/// The same for a value already at hand.
pub(super) fn text_of(value: Value<'_>) -> Slot<Text<'_>> {
    and_then(present(value), read_text)
}

fn read_text(value: Value<'_>) -> Result<Text<'_>, BlankKind> {
    let text = Text::new(value.as_text().unwrap_or_default());
    if text.plain.trim().is_empty() {
        return Err(BlankKind::MarkupOnly);
    }
    Ok(text)
}

/// A text that has to say something: "null", "none" and unfilled templates count as blank.
pub(super) fn statement<'t>(parent: Value<'t>, key: &str) -> Slot<Text<'t>> {
    said(text(parent, key))
}

/// The same for a text already at hand.
pub(super) fn said(slot: Slot<Text<'_>>) -> Slot<Text<'_>> {
    let Slot::Filled(held) = slot else {
        return slot;
    };
    let kind = match placeholder::classify(&held.value.plain) {
        Some(placeholder::Placeholder::NullWord) => BlankKind::NullWord,
        Some(placeholder::Placeholder::Template) => BlankKind::Template,
        _ => return Slot::Filled(held),
    };
    Slot::Blank { at: held.at, kind }
}

/// A word or short line: "none", "N/A" and unfilled templates count as blank.
pub(super) fn word<'t>(parent: Value<'t>, key: &str) -> Slot<&'t str> {
    and_then(member(parent, key), read_word)
}

/// The name of a field: whatever stands there, for a field may well be called `x` or `NA`.
pub(super) fn name<'t>(parent: Value<'t>, key: &str) -> Slot<&'t str> {
    and_then(member(parent, key), read_name)
}

/// The same for a value already at hand.
pub(super) fn name_of(value: Value<'_>) -> Slot<&str> {
    and_then(present(value), read_name)
}

fn read_name(value: Value<'_>) -> Result<&str, BlankKind> {
    let name = value.as_text().unwrap_or_default().trim();
    if name.is_empty() {
        return Err(BlankKind::Empty);
    }
    Ok(name)
}

/// The same for a value already at hand.
pub(super) fn word_of(value: Value<'_>) -> Slot<&str> {
    and_then(present(value), read_word)
}

fn read_word(value: Value<'_>) -> Result<&str, BlankKind> {
    let word = value.as_text().unwrap_or_default().trim();
    if word.is_empty() {
        return Err(BlankKind::Empty);
    }
    match placeholder::classify(word) {
        Some(placeholder::Placeholder::NullWord) => Err(BlankKind::NullWord),
        Some(placeholder::Placeholder::Template) => Err(BlankKind::Template),
        _ => Ok(word),
    }
}

/// A text as it is written, whatever it says.
pub(super) fn verbatim<'t>(parent: Value<'t>, key: &str) -> Slot<&'t str> {
    and_then(member(parent, key), |value| {
        value.as_text().ok_or(BlankKind::Empty)
    })
}

/// A list of words, or one word in place of a list.
pub(super) fn words<'t>(parent: Value<'t>, key: &str) -> Slot<Vec<Held<&'t str>>> {
    parent.get(key).map_or(Slot::absent(parent.at()), words_of)
}

/// The same for a value already at hand.
pub(super) fn words_of(value: Value<'_>) -> Slot<Vec<Held<&str>>> {
    and_then(present(value), |value| {
        let words: Vec<_> = value
            .one_or_many()
            .filter_map(|item| Some(Held::new(item.as_str()?.trim(), item.at())))
            .filter(|held| !held.value.is_empty())
            .collect();
        if words.is_empty() {
            return Err(BlankKind::Empty);
        }
        Ok(words)
    })
}

/// The parts of a list that is written as one text with commas or semicolons; all stand where the text does.
pub(super) fn listed_in_text(text: Held<&str>) -> Vec<Held<&str>> {
    let sign = if text.value.contains(';') { ';' } else { ',' };
    text.value
        .split(sign)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|value| Held { value, ..text })
        .collect()
}

/// Whoever made the data, as its source: for formats that name makers and have no better place for a source.
pub(super) fn maker_as_origin<'t>(maker: &Held<Agent<'t>>) -> Held<Origin<'t>> {
    Held {
        value: Origin {
            name: Slot::filled(Text::new(maker.value.name), maker.at),
            url: Slot::absent(maker.at),
            retrieved: Slot::absent(maker.at),
            note: Slot::absent(maker.at),
        },
        at: maker.at,
        inner: Inner::Derived,
    }
}

/// The same value, marked as one that was meant for something else.
pub(super) fn derived<T>(slot: Slot<T>) -> Slot<T> {
    match slot {
        Slot::Filled(held) => Slot::Filled(Held {
            inner: Inner::Derived,
            ..held
        }),
        slot => slot,
    }
}

/// Of slots that say the same thing the first that is filled; else the first, so that the usual key is named.
pub(super) fn first<T, const N: usize>(slots: [Slot<T>; N]) -> Slot<T> {
    let mut slots = slots.into_iter();
    let mut first = slots.next().unwrap_or(Slot::NotInFormat(""));
    for slot in slots {
        let better = match &first {
            Slot::Filled(_) => false,
            // A key that is there and empty says more about its place than one that is not there.
            Slot::Blank { kind, .. } if *kind == BlankKind::Absent => {
                slot.is_filled() || slot.is_blank()
            }
            _ => slot.is_filled(),
        };
        if better {
            first = slot;
        }
    }
    first
}

/// The English of a text in several languages, else the first that says something; the value itself where it is no such
/// text. Read are `{"en": …, "fr": …}`, `{"@value": …}` and lists of `{"@language": …, "@value": …}`.
pub(super) fn in_english(value: Value<'_>) -> Value<'_> {
    in_language(value, "")
}

/// The same, and where there is no English, the text in the record's own language before any other.
pub(super) fn in_language<'t>(value: Value<'t>, own: &str) -> Value<'t> {
    let filled = |value: &Value<'_>| value.as_str().is_none_or(|text| !text.trim().is_empty());
    if let Some(inner) = value.get("@value") {
        return inner;
    }
    let in_turn = |has: &dyn Fn(&str) -> Option<Value<'t>>| has("en").or_else(|| has(own));
    if value.is_object() {
        let is_map = value.members().all(|(key, _)| is_language_tag(key));
        let of = |wanted: &str| {
            let mut members = value.members();
            let found = members.find(|(key, text)| is_in(key, wanted) && filled(text));
            found.map(|(_, text)| text)
        };
        let first = || value.members().map(|(_, text)| text).find(filled);
        let chosen = if is_map {
            in_turn(&of).or_else(first)
        } else {
            value.get("en").filter(filled)
        };
        return chosen.unwrap_or(value);
    }
    let tagged = || value.items().filter(|item| item.get("@value").is_some());
    let of = |wanted: &str| {
        tagged().find(|item| {
            let tag = item.get("@language").and_then(Value::as_str);
            tag.is_some_and(|tag| is_in(tag, wanted))
        })
    };
    in_turn(&of)
        .or_else(|| tagged().next())
        .and_then(|item| item.get("@value"))
        .unwrap_or(value)
}

/// Whether a language tag (`en`, `en-GB`) names a language.
fn is_in(tag: &str, language: &str) -> bool {
    let own = tag.split(['-', '_']).next().unwrap_or_default();
    !language.is_empty() && own.eq_ignore_ascii_case(language)
}

fn is_language_tag(key: &str) -> bool {
    let language = key.split(['-', '_']).next().unwrap_or_default();
    key == "@none"
        || matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A text that may be given in several languages.
pub(super) fn text_in_english<'t>(parent: Value<'t>, key: &str) -> Slot<Text<'t>> {
    match parent.get(key) {
        None => Slot::absent(parent.at()),
        Some(value) => text_of(in_english(value)),
    }
}

/// A count; numbers in strings are read.
pub(super) fn count<'t>(parent: Value<'t>, key: &str) -> Slot<u64> {
    and_then(member(parent, key), |value| {
        read_count(value).ok_or(BlankKind::Empty)
    })
}

/// How often a page was opened, at the end of these keys.
pub(super) fn views(parent: Value<'_>, keys: &[&str]) -> Option<u64> {
    read_count(parent.path(keys)?)
}

/// A count that may be written as a string.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number in range"
)]
pub(super) fn read_count(value: Value<'_>) -> Option<u64> {
    let number = value.as_f64()?;
    ((0.0..9e15).contains(&number) && number.fract() == 0.0).then_some(number as u64)
}

/// A written date.
pub(super) fn day<'t>(parent: Value<'t>, key: &str) -> Slot<Day<'t>> {
    parent.get(key).map_or(Slot::absent(parent.at()), day_of)
}

/// The same for a value already at hand.
pub(super) fn day_of(value: Value<'_>) -> Slot<Day<'_>> {
    and_then(present(value), |value| {
        let raw = value.as_text().unwrap_or_default().trim();
        Ok(Day {
            raw,
            read: dates::parse(raw),
        })
    })
}

/// The files of a record in `resources`, as CKAN and those after it have them; a page may only link to them.
pub(super) fn resources(record: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    record
        .get("resources")
        .into_iter()
        .flat_map(Value::items)
        .filter(|item| item.is_object())
}

/// The latest day on which one of the `resources` was replaced, if any tells.
pub(super) fn latest_file(record: Value<'_>) -> Option<Slot<Day<'_>>> {
    resources(record)
        .map(|item| day(item, "last_modified"))
        .filter(|slot| slot.value().is_some_and(|day| day.date().is_some()))
        .max_by_key(|slot| slot.value().and_then(Day::date))
}

/// A date in seconds since 1970.
pub(super) fn epoch_seconds<'t>(parent: Value<'t>, key: &str) -> Slot<Day<'t>> {
    epoch(member(parent, key), dates::Date::from_epoch_seconds)
}

/// A date in milliseconds since 1970. A number that is not after 1970 is what map software writes for "never".
pub(super) fn epoch_millis<'t>(parent: Value<'t>, key: &str) -> Slot<Day<'t>> {
    let slot = member(parent, key);
    if let Slot::Filled(held) = &slot
        && held.value.as_f64().is_some_and(|number| number <= 0.0)
    {
        return Slot::empty(held.at);
    }
    epoch(slot, dates::Date::from_epoch_millis)
}

fn epoch<'t>(slot: Slot<Value<'t>>, date: impl Fn(i64) -> Option<dates::Date>) -> Slot<Day<'t>> {
    and_then(slot, |value| {
        let raw = value.as_text().unwrap_or_default();
        let date = value
            .as_f64()
            .filter(|number| number.abs() < 1e16)
            .and_then(|number| {
                #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
                date(number as i64)
            });
        let read = date.map(|date| dates::Written {
            date,
            precision: dates::Precision::Instant,
            iso: true,
            alternative: None,
        });
        Ok(Day { raw, read })
    })
}

/// A refresh rate.
pub(super) fn refresh<'t>(parent: Value<'t>, key: &str) -> Slot<Refresh<'t>> {
    and_then(member(parent, key), |value| {
        Ok(read_refresh(value.as_text().unwrap_or_default().trim()))
    })
}

pub(super) fn read_refresh(raw: &str) -> Refresh<'_> {
    Refresh {
        raw,
        rate: refresh::parse(raw),
    }
}

/// A license; "none" and web-page code without words count as blank.
pub(super) fn license<'t>(parent: Value<'t>, key: &str) -> Slot<License<'t>> {
    parent
        .get(key)
        .map_or(Slot::absent(parent.at()), license_of)
}

/// The same for a value already at hand.
pub(super) fn license_of(value: Value<'_>) -> Slot<License<'_>> {
    and_then(present(value), |value| {
        let raw = value.as_text().unwrap_or_default().trim();
        let plain = html::to_text(raw);
        if plain.trim().is_empty() {
            return Err(BlankKind::MarkupOnly);
        }
        match placeholder::classify(&plain) {
            Some(placeholder::Placeholder::NullWord) => Err(BlankKind::NullWord),
            Some(placeholder::Placeholder::Template) => Err(BlankKind::Template),
            _ => Ok(License {
                raw,
                ..License::default()
            }),
        }
    })
}

/// The same where the format asks for the address of a license: a name is to be replaced by it.
pub(super) fn license_address(value: Value<'_>) -> Slot<License<'_>> {
    license_of(value).map(|license| License {
        address: AddressPlace::InPlace(value.at()),
        ..license
    })
}

/// A license named under a key, with the place for its address: another key, behind the name.
pub(super) fn license_named<'t>(
    parent: Value<'t>,
    name: &str,
    address: &'static str,
) -> Slot<License<'t>> {
    let Slot::Filled(held) = license(parent, name) else {
        return license(parent, name);
    };
    let has_address = parent.get(address).is_some();
    let place = if has_address {
        AddressPlace::None
    } else {
        AddressPlace::Behind(held.at, address)
    };
    Slot::Filled(held).map(|license| License {
        address: place,
        ..license
    })
}

/// A time covered, as `start/end`.
pub(super) fn period<'t>(parent: Value<'t>, key: &str) -> Slot<Period<'t>> {
    parent.get(key).map_or(Slot::absent(parent.at()), period_of)
}

/// The same for a value already at hand.
pub(super) fn period_of(value: Value<'_>) -> Slot<Period<'_>> {
    let ends = [
        ["start", "startDate", "start_date"],
        ["end", "endDate", "end_date"],
    ];
    let [start, end] = ends.map(|keys| first(keys.map(|key| day(value, key))));
    if let Some(period) = from_to(&start, &end) {
        return period;
    }
    and_then(present(value), |value| {
        Ok(read_period(value.as_text().unwrap_or_else(|| value.raw())))
    })
}

pub(super) fn read_period(raw: &str) -> Period<'_> {
    let (start, end) = dates::interval(raw).unwrap_or((None, None));
    Period {
        raw,
        start: start.map(|written| written.date),
        end: end.map(|written| written.last_day()),
        end_at: None,
    }
}

/// A slot that the record lacks because the portal's export leaves it out; `why` where this portal does.
pub(super) fn left_out<T>(slot: Slot<T>, why: Option<&'static str>) -> Slot<T> {
    match (slot, why) {
        (
            Slot::Blank {
                kind: BlankKind::Absent,
                ..
            },
            Some(why),
        ) => Slot::NotInExport(why),
        (slot, _) => slot,
    }
}

/// A time covered from one date to another, each in its own place; nothing where neither is given.
pub(super) fn from_to<'t>(start: &Slot<Day<'t>>, end: &Slot<Day<'t>>) -> Option<Slot<Period<'t>>> {
    let at = start.held().or(end.held())?.at;
    let end = end.held();
    let last = end.and_then(|held| held.value.read.as_ref());
    let alone = match (start.value(), end) {
        (Some(_), Some(_)) => "",
        (Some(day), None) => day.raw,
        (None, end) => end.map_or("", |held| held.value.raw),
    };
    let period = Period {
        raw: alone,
        start: start.value().and_then(Day::date),
        end: last.map(dates::Written::last_day),
        end_at: end.map(|held| held.at),
    };
    Some(Slot::filled(period, at))
}

/// A place covered: a name, or four numbers.
pub(super) fn spatial<'t>(parent: Value<'t>, key: &str) -> Slot<Spatial<'t>> {
    parent
        .get(key)
        .map_or(Slot::absent(parent.at()), spatial_of)
}

/// The same for a value already at hand.
pub(super) fn spatial_of(value: Value<'_>) -> Slot<Spatial<'_>> {
    and_then(present(value), |value| {
        Ok(read_spatial(value.as_text().unwrap_or_else(|| value.raw())))
    })
}

pub(super) fn read_spatial(raw: &str) -> Spatial<'_> {
    let mut numbers = raw.split(',').map(|part| part.trim().parse::<f64>().ok());
    let corners: Option<Vec<f64>> = numbers.by_ref().take(4).collect();
    let bounding_box = corners
        .and_then(|corners| <[f64; 4]>::try_from(corners).ok())
        .filter(|_| numbers.next().is_none())
        .or_else(|| box_of_shape(raw));
    Spatial {
        raw,
        bounding_box,
        box_at: None,
    }
}

/// West, south, east, north of a shape as GeoJSON or as well-known text, both of which write longitude before latitude.
/// A text that names another system of coordinates first may turn them round.
pub(super) fn box_of_shape(raw: &str) -> Option<[f64; 4]> {
    // A position each: the innermost brackets of the one, what stands between commas in the other.
    if raw.trim_start().starts_with('{') {
        let (_, positions) = raw.split_once("\"coordinates\"")?;
        let inner = positions.split(']').filter_map(|it| it.rsplit_once('['));
        return box_around(inner.map(|(_, position)| position.split(',')));
    }
    let is_area = ["POLYGON", "Polygon", "polygon"];
    if raw.starts_with('<') || !is_area.iter().any(|word| raw.contains(word)) {
        return None;
    }
    box_around(raw.split(',').map(|it| {
        let position = it.rsplit('(').next().unwrap_or_default();
        position.trim_end_matches(')').split_whitespace()
    }))
}

/// The box around positions, each with longitude and latitude first; what is none is passed over.
fn box_around<'r, P>(positions: impl Iterator<Item = P>) -> Option<[f64; 4]>
where
    P: Iterator<Item = &'r str>,
{
    let position = |mut numbers: P| {
        let x = numbers.next()?.trim().parse::<f64>().ok()?;
        let y = numbers.next()?.trim().parse::<f64>().ok()?;
        Some((x, y))
    };
    positions.filter_map(position).fold(None, |sides, (x, y)| {
        let [west, south, east, north] = sides.unwrap_or([x, y, x, y]);
        Some([west.min(x), south.min(y), east.max(x), north.max(y)])
    })
}

/// A value that a custom field holds, for a slot that has none of its own.
pub(super) fn from_custom<'t, T>(
    found: Option<&Held<&'t str>>,
    empty: Slot<T>,
    read: impl FnOnce(&'t str) -> T,
) -> Slot<T> {
    match found {
        Some(held) => Slot::Filled(Held {
            value: read(held.value),
            at: held.at,
            inner: Inner::CustomField,
        }),
        None => empty,
    }
}

/// Whether what is given as a data dictionary is the address of the data, or of their page, once more; not where that
/// address is called a dictionary.
pub(super) fn leads_to_data(url: &str, dataset: &Dataset<'_>) -> bool {
    let bare = |url: &str| {
        let (_, rest) = url.trim().split_once("://")?;
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        Some(rest.trim_end_matches('/').to_ascii_lowercase())
    };
    let Some(wanted) = bare(url) else {
        return false;
    };
    let is_same = |slot: &Slot<&str>| {
        slot.value()
            .is_some_and(|it| bare(it).as_ref() == Some(&wanted))
    };
    let mut files = dataset.distributions.value().into_iter().flatten();
    let of_file = files.find(|held| {
        [&held.value.access_url, &held.value.download_url]
            .into_iter()
            .any(is_same)
    });
    if of_file.is_none() && !is_same(&dataset.landing_page) {
        return false;
    }
    let title = of_file.and_then(|held| held.value.title.value());
    let title = title.map_or("", |title| &*title.plain);
    guides::dictionary_link(&format!("{title}: https://{wanted}")).is_none()
}

/// The host of an address, lower case only in what portals write.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

/// Whether a key names no field, only the form of its value.
fn is_wrapper(key: &str) -> bool {
    matches!(
        key,
        "#text" | "LocalisedCharacterString" | "CharacterString" | "Anchor"
    )
}

/// Every text of a record that holds a sign worth a second look: damage, control characters, a template.
///
/// Most texts are plain ASCII without braces, and are passed over in one glance.
pub(super) fn unusual_texts(record: Value<'_>) -> Vec<UnusualText<'_>> {
    let texts = std::iter::once(record)
        .chain(record.below())
        .filter_map(|value| Some((value, value.as_str()?)));
    texts
        .filter(|(_, text)| is_unusual(text))
        .map(|(value, text)| UnusualText {
            at: value.at(),
            key: value
                .keys_upwards()
                .find(|key| !is_wrapper(key))
                .unwrap_or_default(),
            text,
        })
        .collect()
}

/// The bytes that make a text unusual.
const UNUSUAL: [bool; 256] = {
    let mut unusual = [true; 256];
    let mut byte = 0x20;
    while byte < 0x7F {
        unusual[byte] = matches!(byte as u8, b'{' | b'<' | b'%' | b'[' | b'@');
        byte += 1;
    }
    unusual
};

fn is_unusual(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.any(|byte| UNUSUAL.get(usize::from(byte)).is_some_and(|it| *it))
        || text.starts_with(placeholder::FORM_HELP)
}

#[cfg(test)]
mod tests {
    use super::box_of_shape;

    #[test]
    fn draws_a_box_around_an_area_and_around_nothing_else() {
        let area = "POLYGON((3.05 47.9, 7.2 47.9, 7.2 53.5, 3.05 53.5, 3.05 47.9))";
        assert_eq!(box_of_shape(area), Some([3.05, 47.9, 7.2, 53.5]));
        let json = r#"{"type":"Polygon","coordinates":[[[9,38],[9,39],[10,39],[9,38]]]}"#;
        assert_eq!(box_of_shape(json), Some([9.0, 38.0, 10.0, 39.0]));
        // Heights are no sides.
        let high = r#"{"type": "LineString", "coordinates": [[9, 38, 700], [10, 39, 800]]}"#;
        assert_eq!(box_of_shape(high), Some([9.0, 38.0, 10.0, 39.0]));
        assert_eq!(box_of_shape("POINT(4.8 52.3)"), None);
        assert_eq!(
            box_of_shape("<http://crs.example/EPSG/4326> POLYGON((1 2, 3 4))"),
            None
        );
    }
}
