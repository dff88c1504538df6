//! Vocabulary in Spanish, French, German and Portuguese: one line a language for each thing that is looked for.

use datasteward::lexicon::dates;
use datasteward::lexicon::headings::{DictionaryHead, dictionary_head};
use datasteward::lexicon::phrases::{self, Limits};
use datasteward::lexicon::placeholder::{self, Placeholder};
use datasteward::lexicon::refresh;
use datasteward::{Options, Source, inspect};

#[test]
fn refresh_rates_are_read_as_values() {
    for (value, rate) in [
        ("Semanal", "R/P1W"),
        ("cada segundo viernes", "R/P2W"),
        ("dos veces al año", "R/P6M"),
        ("cada trimestre", "R/P3M"),
        ("hebdomadaire", "R/P1W"),
        ("un vendredi sur deux", "R/P2W"),
        ("deux fois par an", "R/P6M"),
        ("chaque trimestre", "R/P3M"),
        ("wöchentlich", "R/P1W"),
        ("jeden zweiten Freitag", "R/P2W"),
        ("zweimal jährlich", "R/P6M"),
        ("jedes Quartal", "R/P3M"),
        ("mensal", "R/P1M"),
        ("a cada segunda sexta-feira", "R/P2W"),
        ("duas vezes por ano", "R/P6M"),
        ("a cada trimestre", "R/P3M"),
    ] {
        assert_eq!(refresh::parse(value).canonical(), rate, "{value}");
    }
}

#[test]
fn null_words_and_standing_texts_say_nothing() {
    for text in [
        "sin datos",
        "Sin descripción",
        "por definir",
        "aucun",
        "Aucune description",
        "à compléter",
        "non renseigné",
        "keine Angabe",
        "keine Beschreibung",
        "Beschreibung folgt",
        "sem dados",
        "sem descrição",
        "a definir",
    ] {
        assert!(
            matches!(
                placeholder::classify(text),
                Some(Placeholder::NullWord | Placeholder::Phrase)
            ),
            "{text}"
        );
    }
}

#[test]
fn sources_are_heard() {
    for text in [
        "Fuente: Ministerio de Salud.",
        "Datos proporcionados por la Secretaría de Movilidad.",
        "Source : Direction générale des finances publiques.",
        "Données fournies par les communes.",
        "Quelle: Statistisches Landesamt.",
        "Die Daten stammen aus dem Melderegister.",
        "Fonte: Secretaria de Saúde.",
        "Dados fornecidos pela Secretaria de Educação.",
    ] {
        assert!(phrases::source(text).is_some(), "{text}");
    }
}

#[test]
fn limits_are_heard() {
    for text in [
        "No incluye las escuelas privadas.",
        "Los datos son provisorios y están sujetos a revisión.",
        "Liste non exhaustive.",
        "Les chiffres sont provisoires.",
        "Die Werte sind vorläufig.",
        "Privatschulen sind nicht enthalten.",
        "Os dados são preliminares e sujeitos a revisão.",
        "Não inclui as escolas privadas.",
    ] {
        assert!(
            matches!(phrases::limits(text), Some(Limits::Stated(_))),
            "{text}"
        );
    }
}

#[test]
fn no_known_limits_are_heard() {
    for text in [
        "Sin limitaciones conocidas.",
        "Aucune limite connue.",
        "Keine bekannten Einschränkungen.",
        "Sem limitações conhecidas.",
    ] {
        assert!(
            matches!(phrases::limits(text), Some(Limits::NoneKnown(_))),
            "{text}"
        );
    }
}

#[test]
fn months_are_read_in_dates() {
    for text in [
        "5 de agosto de 2018",
        "5 août 2018",
        "5. August 2018",
        "5 de agosto de 2018",
    ] {
        let date = dates::parse(text).map(|written| written.last_day().to_string());
        assert_eq!(date.as_deref(), Some("2018-08-05"), "{text}");
    }
    for (text, day) in [
        ("diciembre de 2019", "2019-12-31"),
        ("décembre 2019", "2019-12-31"),
        ("Dezember 2019", "2019-12-31"),
        ("dezembro de 2019", "2019-12-31"),
    ] {
        let date = dates::parse(text).map(|written| written.last_day().to_string());
        assert_eq!(date.as_deref(), Some(day), "{text}");
    }
}

#[test]
fn headings_of_dictionaries_are_known() {
    for (heading, head) in [
        ("Nombre del campo", DictionaryHead::Field),
        ("Descripción", DictionaryHead::Description),
        ("Unidad de medida", DictionaryHead::Unit),
        ("Nom du champ", DictionaryHead::Field),
        ("Description", DictionaryHead::Description),
        ("Unité", DictionaryHead::Unit),
        ("Feldname", DictionaryHead::Field),
        ("Beschreibung", DictionaryHead::Description),
        ("Einheit", DictionaryHead::Unit),
        ("Nome do campo", DictionaryHead::Field),
        ("Descrição", DictionaryHead::Description),
        ("Unidade", DictionaryHead::Unit),
    ] {
        assert_eq!(dictionary_head(heading), Some(head), "{heading}");
    }
}

/// Whether the name of the second field of a record is plain.
fn second_is_plain(record: &str) -> Option<String> {
    let source = Source::new("a.json", record.as_bytes());
    let (found, _) = inspect(&[source], &Options::default());
    let columns = &found.first().expect("a record").columns;
    columns[1]["judgements"]["plain"]
        .as_str()
        .map(str::to_owned)
}

#[test]
fn a_field_in_each_language_is_read_by_what_stands_before_the_code() {
    let plain = |names: [&str; 2]| {
        let columns = names.map(|name| format!(r#"{{"name": "{name}"}}"#));
        let record = format!(
            r#"{{"datasteward": "1", "id": "t", "title": "Loans by country", "columns": [{}]}}"#,
            columns.join(", ")
        );
        second_is_plain(&record)
    };
    assert_eq!(plain(["Country_EN", "Country_ES"]).as_deref(), Some("yes"));
    assert_eq!(plain(["Country", "Country_ES"]).as_deref(), Some("yes"));
    assert_eq!(plain(["Ctry_qz_EN", "Ctry_qz_ES"]).as_deref(), Some("no"));
    assert_eq!(plain(["Loan", "Country_ES"]).as_deref(), Some("no"));
}

#[test]
fn a_short_word_with_accents_among_english_ones_is_no_code() {
    let plain = |name: &str| {
        let record = format!(
            r#"{{"datasteward": "1", "id": "t", "title": "Loans by country", "description": "Loans that the bank has made to each country, one row a loan.",
                "columns": [{{"name": "Amount in dollars"}}, {{"name": "{name}"}}]}}"#
        );
        second_is_plain(&record)
    };
    for name in [
        "Año",
        "AÑO",
        "Mês",
        "Öl",
        "Été",
        "PAÍS",
        "Nº",
        "Год",
        "FechaAño",
    ] {
        assert_eq!(plain(name).as_deref(), Some("yes"), "{name}");
    }
    // What has no letter of its own may be a code, and so may a sign beside one.
    for name in ["Cdr", "PQS", "Aq_zt", "Δtq", "año_cdrx", "ownerÆs name"] {
        assert_eq!(plain(name).as_deref(), Some("no"), "{name}");
    }
}

#[test]
fn names_in_spanish_are_not_cut_into_english_words() {
    let record = r#"{"datasteward": "1", "id": "t", "title": "Salarios por convenio", "description": "Los salarios de los convenios de la ciudad, por mes y por rama. Los datos son de la oficina que los registra.",
        "columns": [{"name": "indice"}, {"name": "indice_tiempo"}]}"#;
    let report = datasteward::check(
        &[Source::new("a.json", record.as_bytes())],
        &Options::default(),
    );
    let mut told = report.findings.iter();
    let told = told.find(|it| it.rule == "machine-style-field-name");
    let told = told.expect("one of the names has an underscore");
    assert!(told.message.contains("`Indice tiempo`"), "{}", told.message);
    assert!(!told.how.contains("In dice"), "{}", told.how);
}
