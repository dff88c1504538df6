//! File formats: what software can read without hand work.
//!
//! A format is named by a label (`CSV`), a media type (`text/csv`) or the ending of a link. The three are looked up
//! apart, so that a rule can say where they disagree, and together by [`find`]. The table is `data/formats.tsv`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Whether a format has a property; `Unknown` where it depends on what is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has.
    Yes,
    /// It has not.
    No,
    /// It cannot be told from the name of the format alone (an archive, an unnamed binary).
    Unknown,
}

/// One format, or a family of formats that readers treat alike.
#[derive(Debug, PartialEq, Eq)]
pub struct FileFormat {
    /// Short stable name: `csv`, `xlsx`, `esri-rest`.
    pub key: &'static str,
    /// The name to show.
    pub label: &'static str,
    /// Software can read it without hand work.
    pub machine_readable: Answer,
    /// Its specification is open and no product is needed.
    pub open: Answer,
    /// It holds tables.
    pub tabular: Answer,
    /// It holds places.
    pub geographic: Answer,
}

struct Table {
    formats: Vec<FileFormat>,
    labels: HashMap<&'static str, usize>,
    media_types: HashMap<&'static str, usize>,
    extensions: HashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| read_table(include_str!("../../data/formats.tsv")));

fn read_table(text: &'static str) -> Table {
    let mut table = Table {
        formats: Vec::new(),
        labels: HashMap::new(),
        media_types: HashMap::new(),
        extensions: HashMap::new(),
    };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (key, label, labels, media_types, extensions) =
            (cell(), cell(), cell(), cell(), cell());
        let mut answer = || match cell() {
            "y" => Answer::Yes,
            "n" => Answer::No,
            _ => Answer::Unknown,
        };
        let at = table.formats.len();
        table.formats.push(FileFormat {
            key,
            label,
            machine_readable: answer(),
            open: answer(),
            tabular: answer(),
            geographic: answer(),
        });
        let lists = [
            (labels, &mut table.labels),
            (media_types, &mut table.media_types),
            (extensions, &mut table.extensions),
        ];
        for (words, index) in lists {
            for word in words.split('|').filter(|word| *word != "-") {
                index.entry(word).or_insert(at);
            }
        }
    }
    table
}

fn look_up(index: &HashMap<&'static str, usize>, word: &str) -> Option<&'static FileFormat> {
    index.get(word).and_then(|&at| TABLE.formats.get(at))
}

/// The format that a distribution's label, media type or link names; the first of the three that names one.
///
/// A more telling place wins over a container: a label `ZIP` beside a link that ends in `.geojson` is an archive, but
/// a label `JSON` beside the media type of GeoJSON is GeoJSON.
///
/// ```
/// use datasteward::lexicon::formats::find;
/// let key = |label, media, url| find(label, media, url).map(|format| format.key);
/// assert_eq!(key(Some("CSV"), None, None), Some("csv"));
/// assert_eq!(key(None, None, Some("https://data.example.gov/trees.geojson?v=2")), Some("geojson"));
/// assert_eq!(key(Some("unknown thing"), None, None), None);
/// ```
#[must_use]
pub fn find(
    format: Option<&str>,
    media_type: Option<&str>,
    url: Option<&str>,
) -> Option<&'static FileFormat> {
    let named = [
        format.and_then(by_label),
        media_type.and_then(by_media_type),
        url.and_then(by_url),
    ];
    let found = named.into_iter().flatten();
    let mut best: Option<&FileFormat> = None;
    for candidate in found {
        best = match best {
            None => Some(candidate),
            Some(sofar) if narrows(candidate, sofar) => Some(candidate),
            kept => kept,
        };
    }
    best
}

/// Whether an address is that of an ArcGIS service, and not of an app or page that only shows one.
///
/// ```
/// use datasteward::lexicon::formats::is_arcgis_service;
/// assert!(is_arcgis_service("https://gis.example.gov/arcgis/rest/services/Trees/MapServer/0"));
/// assert!(!is_arcgis_service("https://maps.example.gov/viewer/index.html?id=1"));
/// ```
#[must_use]
pub fn is_arcgis_service(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let lower = path.to_ascii_lowercase();
    lower.contains("/rest/")
        || lower.trim_end_matches('/').ends_with("server")
        || lower.contains("server/")
}

/// Whether an address leads to an app or page for people: a viewer, a dashboard, a story map.
#[must_use]
pub fn is_app(url: &str) -> bool {
    let page = by_url(url).is_some_and(|format| format.key == "html");
    let lower = url.to_ascii_lowercase();
    page || [
        "/apps/",
        "viewer",
        "dashboard",
        "storymap",
        "/story",
        "experience.arcgis",
        "/pages/",
        "mapjournal",
        "mapseries",
        "mapportfolio",
        "/webapp",
        "/home/item",
    ]
    .iter()
    .any(|part| lower.contains(part))
}

/// Whether the second format is a general one that the first says more about.
fn narrows(special: &FileFormat, general: &FileFormat) -> bool {
    match general.key {
        "json" => matches!(
            special.key,
            "geojson" | "json-stat" | "topojson" | "esri-rest" | "api" | "jsonl"
        ),
        "xml" => matches!(
            special.key,
            "kml" | "gml" | "gpx" | "feed" | "wfs" | "wms" | "rdf"
        ),
        "zip" => matches!(special.key, "shapefile" | "filegdb" | "transit"),
        "api" => matches!(special.key, "esri-rest" | "wfs" | "wms" | "sparql"),
        "parquet" => special.key == "geoparquet",
        "tiff" => special.key == "geotiff",
        "esri-rest" => special.key == "esri-image",
        "binary" => true,
        _ => false,
    }
}

/// Whether two places name formats that do not go together.
///
/// A general format beside a special one of its kind (JSON and GeoJSON, ZIP and anything packed) is no disagreement.
#[must_use]
pub fn disagree(one: &FileFormat, other: &FileFormat) -> bool {
    let same = one.key == other.key || narrows(one, other) || narrows(other, one);
    let packed = [one, other]
        .iter()
        .any(|format| matches!(format.key, "zip" | "binary" | "txt"));
    let service = |format: &FileFormat| {
        matches!(
            format.key,
            "api" | "esri-rest" | "esri-image" | "wfs" | "wms"
        )
    };
    // A service is often given with the media type of its answer.
    let answer = |format: &FileFormat| {
        matches!(
            format.key,
            "json" | "xml" | "geojson" | "html" | "gml" | "csv"
        )
    };
    let served =
        (service(one) && (service(other) || answer(other))) || (service(other) && answer(one));
    !(same || packed || served)
}

/// The format of a label (`CSV`, `ArcGIS GeoServices REST API`, `.xlsx`); media types are understood as well.
#[must_use]
pub fn by_label(label: &str) -> Option<&'static FileFormat> {
    let label = lower(label.trim());
    let bare = label.trim_start_matches(['.', '*']).trim();
    if let Some(found) = look_up(&TABLE.labels, bare).or_else(|| look_up(&TABLE.extensions, bare)) {
        return Some(found);
    }
    if bare.contains('/')
        && let Some(found) = by_media_type(bare)
    {
        return Some(found);
    }
    let shorter = [
        " file",
        " files",
        " format",
        " download",
        " (zip)",
        " (zipped)",
        " data",
        " document",
        " api",
    ]
    .iter()
    .find_map(|tail| bare.strip_suffix(tail));
    if let Some(found) = shorter.and_then(|shorter| look_up(&TABLE.labels, shorter.trim())) {
        return Some(found);
    }
    by_vocabulary_address(bare)
}

/// Labels given as an entry of the EU file type vocabulary or the IANA list: the last part of the address counts.
fn by_vocabulary_address(label: &str) -> Option<&'static FileFormat> {
    if !label.starts_with("http") {
        return None;
    }
    if let Some((_, media_type)) = label.split_once("/media-types/") {
        return by_media_type(media_type);
    }
    let (_, entry) = label.split_once("/file-type/")?;
    look_up(&TABLE.labels, &entry.replace('_', "-"))
        .or_else(|| look_up(&TABLE.labels, &entry.replace('_', " ")))
}

/// The format of a media type; parameters (`; charset=utf-8`) are set aside unless they are telling.
#[must_use]
pub fn by_media_type(media_type: &str) -> Option<&'static FileFormat> {
    let whole = lower(media_type.trim());
    if let Some(found) = look_up(&TABLE.media_types, &whole) {
        return Some(found);
    }
    if let Some((_, rest)) = whole.split_once("/media-types/") {
        return look_up(&TABLE.media_types, rest);
    }
    let essence = whole.split(';').next().unwrap_or_default().trim_end();
    look_up(&TABLE.media_types, essence).or_else(|| by_media_type_kind(essence))
}

fn by_media_type_kind(essence: &str) -> Option<&'static FileFormat> {
    let (kind, rest) = essence.split_once('/')?;
    let key = match kind {
        "image" => "image",
        "audio" | "video" => "media",
        _ if rest.ends_with("+json") => "json",
        _ if rest.ends_with("+xml") => "xml",
        _ => return None,
    };
    look_up(&TABLE.labels, key).or_else(|| look_up(&TABLE.labels, "audio"))
}

/// The format of a file name or link by its ending: `…/trees.csv?download=1` is CSV.
#[must_use]
pub fn by_extension(url: &str) -> Option<&'static FileFormat> {
    let path = path_of(url);
    let file = path.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = file.rsplit_once('.')?;
    if stem.is_empty() || extension.is_empty() || extension.len() > 10 {
        return None;
    }
    let extension = lower(extension);
    // `trees.shp.zip`, `table.csv.gz`: what is packed says more than the packing.
    if matches!(&*extension, "zip" | "gz" | "bz2" | "xz")
        && let Some((_, inner)) = stem.rsplit_once('.')
    {
        let inner = lower(inner);
        if let Some(found) = look_up(&TABLE.extensions, &inner) {
            return Some(found);
        }
    }
    look_up(&TABLE.extensions, &extension)
}

/// The path of a link, without scheme, host, query and fragment.
fn path_of(url: &str) -> &str {
    let url = url.trim();
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|slash| rest.get(slash..))
            .unwrap_or_default(),
        None => url,
    }
}

/// The format of a link by its ending, a `format=` in its query, or the address of a well-known service.
#[must_use]
pub fn by_url(url: &str) -> Option<&'static FileFormat> {
    let key = service_key(url).or_else(|| query_key(url));
    match key {
        Some(key) => look_up(&TABLE.labels, key).or_else(|| look_up(&TABLE.extensions, key)),
        None => by_extension(url),
    }
}

/// Services that are known by their address: ArcGIS, OGC, the Socrata rows and resource APIs.
fn service_key(url: &str) -> Option<&'static str> {
    let path = path_of(url);
    if path.len() < 8 && !url.contains('?') {
        return None;
    }
    let path_has = |part: &str| has_around(url, "", b'/', part);
    let query_has = |key: &str, value: &str| has_around(url, key, b'=', value);
    if path_has("featureserver") || path_has("mapserver") {
        return Some(match () {
            () if path_has("wmsserver") || query_has("service", "wms") => "wms",
            () if path_has("wfsserver") || query_has("service", "wfs") => "wfs",
            () if query_has("f", "geojson") => "geojson",
            () => "esri rest",
        });
    }
    if path_has("imageserver") {
        return Some("image service");
    }
    let services = ["wfs", "wms", "wmts", "wcs"];
    if let Some(key) = services.into_iter().find(|it| query_has("service", it)) {
        return Some(key);
    }
    let paths = [("wfs?", "wfs"), ("wms?", "wms"), ("sparql", "sparql")];
    if let Some((_, key)) = paths.into_iter().find(|(part, _)| path_has(part)) {
        return Some(key);
    }
    let is_of_table = path_has("api/views/") && !path_has("files/") && !path_has("rows.");
    (is_of_table && !query_has("method", "export")).then_some("api")
}

/// Whether a sign stands somewhere in an address with these ASCII letters before and behind it, in whatever case.
fn has_around(url: &str, before: &str, sign: u8, behind: &str) -> bool {
    let bytes = url.as_bytes();
    let is = |part: Option<&[u8]>, wanted: &str| {
        part.is_some_and(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    memchr::memchr_iter(sign, bytes).any(|at| {
        is(bytes.get(at + 1..at + 1 + behind.len()), behind)
            && (before.is_empty()
                || at
                    .checked_sub(before.len())
                    .is_some_and(|start| is(bytes.get(start..at), before)))
    })
}

/// `format=csv`, `outputFormat=csv`, `f=geojson`, `type=csv` in the query of a link.
fn query_key(url: &str) -> Option<&'static str> {
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or_default();
        let is_format = ["format", "outputformat", "f", "accepttype"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known));
        if !is_format {
            continue;
        }
        let value = lower(value);
        let known = TABLE
            .extensions
            .get_key_value(&*value)
            .or_else(|| TABLE.labels.get_key_value(&*value));
        if let Some((key, _)) = known {
            return Some(key);
        }
    }
    None
}

fn lower(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
    {
        Cow::Owned(text.to_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, by_extension, by_label, by_media_type, by_url, disagree, find};

    fn label(text: &str) -> Option<&'static str> {
        by_label(text).map(|format| format.key)
    }

    #[test]
    fn reads_labels_in_any_case_and_with_a_dot() {
        assert_eq!(label("CSV"), Some("csv"));
        assert_eq!(label(" .Xlsx "), Some("xlsx"));
        assert_eq!(label("ArcGIS GeoServices REST API"), Some("esri-rest"));
        assert_eq!(label("PDF document"), Some("pdf"));
        assert_eq!(label("text/csv"), Some("csv"));
        assert_eq!(label("application/pdf; charset=binary"), Some("pdf"));
        assert_eq!(
            label("http://publications.example/resource/authority/file-type/GEOJSON"),
            Some("geojson")
        );
        assert_eq!(label("gráfico"), None);
        assert_eq!(label(""), None);
    }

    #[test]
    fn reads_media_types_without_their_parameters() {
        let key = |text| by_media_type(text).map(|format| format.key);
        assert_eq!(key("text/csv; charset=utf-8"), Some("csv"));
        assert_eq!(key("image/x-unheard-of"), Some("image"));
        assert_eq!(key("video/x-unheard-of"), Some("media"));
        assert_eq!(key("application/problem+json"), Some("json"));
        assert_eq!(key("application/x-unheard-of"), None);
    }

    #[test]
    fn reads_the_ending_of_a_link_and_not_of_a_host() {
        let key = |text| by_extension(text).map(|format| format.key);
        assert_eq!(key("https://data.example.zip"), None);
        assert_eq!(
            key("https://data.example.org/a/trees.CSV?x=y.pdf#top.html"),
            Some("csv")
        );
        assert_eq!(key("roads.shp.zip"), Some("shapefile"));
        assert_eq!(key("https://data.example.org/v1.2/trees"), None);
        assert_eq!(key("https://data.example.org/.csv"), None);
    }

    #[test]
    fn knows_services_by_their_address() {
        let key = |text| by_url(text).map(|format| format.key);
        assert_eq!(
            key("https://gis.example.org/arcgis/rest/services/Trees/FeatureServer/0"),
            Some("esri-rest")
        );
        assert_eq!(
            key(
                "https://gis.example.org/arcgis/services/Trees/MapServer/WMSServer?request=GetCapabilities&service=WMS"
            ),
            Some("wms")
        );
        assert_eq!(
            key("https://data.example.org/resource/abcd-1234.json"),
            Some("json")
        );
        assert_eq!(
            key("https://data.example.org/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD"),
            Some("csv")
        );
        assert_eq!(
            key("https://data.example.org/export?format=geojson"),
            Some("geojson")
        );
        assert_eq!(key("https://data.example.org/trees"), None);
    }

    #[test]
    fn lets_a_telling_place_narrow_a_general_one() {
        let key = |a, b, c| find(a, b, c).map(|format| format.key);
        assert_eq!(
            key(Some("JSON"), Some("application/vnd.geo+json"), None),
            Some("geojson")
        );
        assert_eq!(key(Some("CSV"), Some("text/html"), None), Some("csv"));
        assert_eq!(key(None, None, None), None);
    }

    #[test]
    fn tells_disagreement_from_a_general_and_a_special_name() {
        let pair = |a, b| by_label(a).zip(by_label(b)).map(|(a, b)| disagree(a, b));
        assert_eq!(pair("csv", "xlsx"), Some(true));
        assert_eq!(pair("json", "geojson"), Some(false));
        assert_eq!(pair("zip", "csv"), Some(false));
        assert_eq!(pair("arcgis geoservices rest api", "json"), Some(false));
    }

    #[test]
    fn does_not_judge_what_is_inside_an_archive() {
        assert_eq!(
            by_label("zip").map(|format| format.machine_readable),
            Some(Answer::Unknown)
        );
        assert_eq!(
            by_label("pdf").map(|format| format.machine_readable),
            Some(Answer::No)
        );
    }
}
