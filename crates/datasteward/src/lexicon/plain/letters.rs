//! Single letters in names: `Grade A`, `X Coordinate`, and those that nothing gives a meaning.

use super::reads::Reads;
use super::tokens::Tokens;

/// Whether the letters that a single one stands among give it a meaning.
pub(super) fn single_letter(tokens: &Tokens, index: usize) -> Reads {
    let Some(token) = tokens.tokens.get(index) else {
        return Reads::Neutral;
    };
    let text = tokens.text(token);
    let alone = tokens.tokens.len() == 1;
    if matches!(text, "x" | "y" | "z") {
        let placed = tokens.words().any(|word| {
            word.starts_with("coord")
                || word.starts_with("centroid")
                || matches!(word, "lat" | "lon" | "long" | "latitude" | "longitude")
                || word.starts_with("axis")
                || matches!(
                    word,
                    "position"
                        | "location"
                        | "point"
                        | "projection"
                        | "min"
                        | "max"
                        | "ray"
                        | "wgs"
                        | "map"
                        | "center"
                        | "start"
                        | "end"
                        | "chromosome"
                        | "linked"
                        | "street"
                )
        });
        let pair = tokens
            .words()
            .all(|word| matches!(word, "x" | "y" | "z" | "and" | "or"));
        return if alone || placed || pair {
            Reads::Neutral
        } else {
            Reads::Cryptic
        };
    }
    if !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Reads::Neutral;
    }
    // `w/ Injuries`, `w/o Advanced`.
    let with = match text {
        "w" => token.after == Some('/') && index + 1 < tokens.tokens.len(),
        "o" => token.before == Some('/') && index > 0 && tokens.get(index - 1) == Some("w"),
        _ => false,
    };
    if with
        || token.after == Some('.')
        || token.before == Some('°')
        || token.before == Some('-')
        || token.after == Some('-')
    {
        return Reads::Neutral;
    }
    // `mg/L`, `miles/h`: what a unit is counted by.
    let per = token.before == Some('/')
        && matches!(text, "l" | "h" | "s" | "m" | "d" | "g")
        && index
            .checked_sub(1)
            .and_then(|before| tokens.tokens.get(before))
            .is_some_and(|before| before.end - before.start > 1);
    if per {
        return Reads::Neutral;
    }
    let first = index == 0;
    let last = index + 1 == tokens.tokens.len();
    let article = match text {
        "a" | "e" | "o" => !first && !last,
        "i" => true,
        "y" => !first && !last,
        // What is left of a possessive or a bracketed plural: `Driver s`, `Owner(s)`.
        "s" => !first,
        _ => false,
    };
    let leading_a = text == "a" && first && !alone && token.after == Some(' ');
    let graded = [index.checked_sub(1), index.checked_add(1)]
        .into_iter()
        .flatten()
        .filter_map(|near| tokens.get(near))
        .any(|near| is_graded(near) || (matches!(text, "c" | "f") && is_temperature(near)));
    if article || leading_a || graded {
        Reads::Neutral
    } else {
        Reads::Cryptic
    }
}

fn is_temperature(word: &str) -> bool {
    matches!(word, "temp" | "temperature" | "deg" | "degree" | "degrees")
}

/// Nouns that are told apart by a letter.
fn is_graded(word: &str) -> bool {
    matches!(
        word,
        "class"
            | "grade"
            | "type"
            | "phase"
            | "vitamin"
            | "plan"
            | "zone"
            | "group"
            | "hepatitis"
            | "title"
            | "part"
            | "schedule"
            | "level"
            | "section"
            | "category"
            | "tier"
            | "block"
            | "building"
            | "option"
            | "influenza"
            | "model"
            | "appendix"
            | "table"
            | "form"
            | "unit"
            | "lot"
            | "route"
            | "chlorophyll"
            | "fever"
            | "terminal"
            | "exhibit"
            | "attachment"
            | "step"
            | "district"
            | "line"
    )
}
