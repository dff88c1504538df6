//! Parquet. Where the values are compressed in a way that we do not unpack, the footer still tells rows and blanks.

use datasteward::lexicon::roles::DataType;
use datasteward::model::{ColumnFacts, DataFacts};
use parquet::basic::{Compression, ConvertedType, LogicalType, Type as Physical};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::Type;

use crate::DataError;
use crate::collect::Collector;

pub(crate) fn profile(file: impl ChunkReader + 'static) -> Result<DataFacts, DataError> {
    let broken = |error: parquet::errors::ParquetError| {
        DataError::Broken(format!("it is no Parquet file that can be read: {error}"))
    };
    let reader = SerializedFileReader::new(file).map_err(broken)?;
    let fields = reader.metadata().file_metadata().schema().get_fields();
    if !can_unpack(reader.metadata()) {
        return Ok(footer(reader.metadata(), fields));
    }
    let mut table = Collector::new(fields.iter().map(|field| field.name()));
    for row in reader.get_row_iter(None).map_err(broken)? {
        let row = row.map_err(broken)?;
        table.row();
        for (at, (_, value)) in row.get_column_iter().enumerate() {
            if !matches!(value, Field::Null) {
                table.value(at, &text(value));
            }
        }
    }
    let mut facts = table.finish();
    for (column, field) in facts.columns.iter_mut().zip(fields) {
        if column.datatype == DataType::Unknown {
            column.datatype = declared(field);
        }
    }
    Ok(facts)
}

fn can_unpack(metadata: &ParquetMetaData) -> bool {
    metadata.row_groups().iter().all(|group| {
        group.columns().iter().all(|column| {
            matches!(
                column.compression(),
                Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_)
            )
        })
    })
}

fn text(value: &Field) -> String {
    match value {
        Field::Str(text) => text.clone(),
        // `to_string` quotes nothing but texts, and writes dates as ISO 8601 has them.
        other => other.to_string(),
    }
}

/// Rows, fields, types and blanks.
fn footer(metadata: &ParquetMetaData, fields: &[parquet::schema::types::TypePtr]) -> DataFacts {
    let rows = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or(0);
    let blanks = |at: usize| -> Option<u64> {
        let groups = metadata.row_groups().iter();
        groups
            .map(|group| group.columns().get(at)?.statistics()?.null_count_opt())
            .sum()
    };
    let is_flat = fields.iter().all(|field| field.is_primitive());
    let columns = fields.iter().enumerate().map(|(at, field)| ColumnFacts {
        name: field.name().to_owned(),
        datatype: declared(field),
        filled: blanks(at)
            .filter(|_| is_flat)
            .map(|blanks| rows.saturating_sub(blanks)),
        ..ColumnFacts::default()
    });
    DataFacts {
        name: String::new(),
        rows: Some(rows),
        columns: columns.collect(),
    }
}

fn declared(field: &Type) -> DataType {
    if !field.is_primitive() {
        return DataType::Object;
    }
    let info = field.get_basic_info();
    match (info.logical_type_ref(), info.converted_type()) {
        (Some(LogicalType::Date), _) | (_, ConvertedType::DATE) => return DataType::Date,
        (Some(LogicalType::Timestamp { .. }), _)
        | (_, ConvertedType::TIMESTAMP_MILLIS | ConvertedType::TIMESTAMP_MICROS) => {
            return DataType::DateTime;
        }
        (_, ConvertedType::DECIMAL) => return DataType::Number,
        _ => {}
    }
    match field.get_physical_type() {
        Physical::BOOLEAN => DataType::Boolean,
        Physical::INT32 | Physical::INT64 => DataType::Integer,
        Physical::INT96 => DataType::DateTime,
        Physical::FLOAT | Physical::DOUBLE => DataType::Number,
        Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY => DataType::Text,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datasteward::lexicon::roles::DataType;
    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    const SCHEMA: &str = "message trees { required binary species (STRING); optional double height; required int32 planted (DATE); }";

    fn written() -> std::fs::File {
        let mut file = tempfile();
        let schema = Arc::new(parse_message_type(SCHEMA).expect("a schema"));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let mut writer =
            SerializedFileWriter::new(&mut file, schema, Arc::new(properties)).expect("a writer");
        let mut group = writer.next_row_group().expect("a group");
        let mut column = group.next_column().expect("a column").expect("one");
        let names: Vec<ByteArray> = ["oak", "elm", "oak"].map(ByteArray::from).to_vec();
        column
            .typed::<ByteArrayType>()
            .write_batch(&names, None, None)
            .expect("written");
        column.close().expect("closed");
        let mut column = group.next_column().expect("a column").expect("one");
        column
            .typed::<DoubleType>()
            .write_batch(&[3.5, 12.0], Some(&[1, 0, 1]), None)
            .expect("written");
        column.close().expect("closed");
        let mut column = group.next_column().expect("a column").expect("one");
        column
            .typed::<Int32Type>()
            .write_batch(&[17_897, 17_898, 18_262], None, None)
            .expect("written");
        column.close().expect("closed");
        group.close().expect("closed");
        writer.close().expect("closed");
        file
    }

    /// A file without a name.
    fn tempfile() -> std::fs::File {
        let path = std::env::temp_dir().join(format!("datasteward-{}", std::process::id()));
        let file = std::fs::File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .expect("a file");
        std::fs::remove_file(path).expect("gone");
        file
    }

    #[test]
    fn values_are_counted_and_without_them_the_footer_is() {
        let file = written();
        let facts = crate::profile_of(file.try_clone().expect("a file"), "t.parquet");
        let facts = facts.expect("a file");
        assert_eq!(facts.rows, Some(3));
        let [species, height, planted] = facts.columns.as_slice() else {
            unreachable!("three fields")
        };
        assert_eq!((species.distinct, species.values.len()), (Some(2), 2));
        assert_eq!(
            (height.filled, height.largest.as_deref()),
            (Some(2), Some("12"))
        );
        assert_eq!(planted.datatype, DataType::Date);
        assert_eq!(planted.smallest.as_deref(), Some("2019-01-01"));
        let reader = SerializedFileReader::new(file).expect("a file");
        let fields = reader.metadata().file_metadata().schema().get_fields();
        let footer = super::footer(reader.metadata(), fields);
        assert_eq!(footer.rows, Some(3));
        let told: Vec<_> = footer
            .columns
            .iter()
            .map(|it| (it.datatype, it.filled))
            .collect();
        assert_eq!(told[1], (DataType::Number, Some(2)));
        assert_eq!(told[2], (DataType::Date, Some(3)));
    }
}
