//! Documents that are packed with gzip or zstd, unpacked while they are read.

use std::io::{self, BufRead, BufReader, Read};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// The bytes of a document as they were before it was packed; its first bytes tell, never its name.
pub(crate) fn unpacked<'r>(reader: impl Read + 'r) -> io::Result<Box<dyn Read + 'r>> {
    let mut reader = BufReader::with_capacity(64 << 10, reader);
    let start = reader.fill_buf()?;
    if start.starts_with(&GZIP) {
        Ok(Box::new(MultiGzDecoder::new(reader)))
    } else if start.starts_with(&ZSTD) {
        Ok(Box::new(Frames::Between(Some(reader))))
    } else {
        Ok(Box::new(reader))
    }
}

/// A file of zstd is one frame behind the other.
enum Frames<R: BufRead> {
    Between(Option<R>),
    Within(Box<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self {
                Self::Within(decoder) => {
                    let length = decoder.read(buffer)?;
                    if length > 0 {
                        return Ok(length);
                    }
                    let Self::Within(decoder) = std::mem::replace(self, Self::Between(None)) else {
                        return Ok(0);
                    };
                    *self = Self::Between(Some(decoder.into_inner()));
                }
                Self::Between(reader) => {
                    let Some(mut next) = reader.take() else {
                        return Ok(0);
                    };
                    if next.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    match StreamingDecoder::new(next) {
                        Ok(decoder) => *self = Self::Within(Box::new(decoder)),
                        // What other programs keep between frames is of no use to us, and what follows it is lost.
                        Err(error) => return Err(broken(&error)),
                    }
                }
            }
        }
    }
}

fn broken(error: &FrameDecoderError) -> io::Error {
    let reason = match error {
        FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { .. }) => {
            "it holds a zstd frame that is not data; pack the file again".to_owned()
        }
        other => format!("it is packed with zstd and damaged: {other}"),
    };
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::unpacked;

    fn read(bytes: &[u8]) -> std::io::Result<String> {
        let mut text = String::new();
        unpacked(bytes)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn unpacks_what_is_packed_and_leaves_the_rest() {
        assert_eq!(read(b"{}").unwrap(), "{}");
        assert_eq!(read(b"").unwrap(), "");
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"{\"a\": 1}").unwrap();
        let gzip = gzip.finish().unwrap();
        assert_eq!(read(&gzip).unwrap(), "{\"a\": 1}");
        assert_eq!(
            read(&[gzip.clone(), gzip.clone()].concat()).unwrap().len(),
            16
        );
        assert!(read(&gzip[..gzip.len() - 6]).is_err());

        let level = ruzstd::encoding::CompressionLevel::Fastest;
        let zstd = ruzstd::encoding::compress_to_vec(&b"{\"a\": 1}"[..], level);
        assert_eq!(read(&zstd).unwrap(), "{\"a\": 1}");
        assert_eq!(
            read(&[zstd.clone(), zstd.clone()].concat()).unwrap().len(),
            16
        );
        assert!(read(&zstd[..zstd.len() - 3]).is_err());
    }
}
