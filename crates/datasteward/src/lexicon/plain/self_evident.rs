//! Names that need no description.

use super::tokens::Tokens;

/// Names that need no description: a reader knows what stands in such a column.
#[must_use]
pub fn is_self_evident(name: &str) -> bool {
    const NAMES: [&str; 48] = [
        "latitude",
        "longitude",
        "address",
        "street",
        "street name",
        "street address",
        "city",
        "state",
        "county",
        "country",
        "zip",
        "zip code",
        "postal code",
        "year",
        "month",
        "day",
        "date",
        "time",
        "name",
        "first name",
        "last name",
        "title",
        "description",
        "comments",
        "notes",
        "phone",
        "phone number",
        "email",
        "website",
        "url",
        "id",
        "location",
        "category",
        "type",
        "status",
        "district",
        "neighborhood",
        "council district",
        "ward",
        "department",
        "agency",
        "zipcode",
        "lat",
        "lon",
        "long",
        "e mail",
        "email address",
        "neighbourhood",
    ];
    let tokens = Tokens::of(name);
    let mut found = String::with_capacity(name.len() + 4);
    for word in tokens.words().take(4) {
        if !found.is_empty() {
            found.push(' ');
        }
        found.push_str(word);
    }
    NAMES.contains(&found.as_str())
}

#[cfg(test)]
mod tests {
    use super::is_self_evident;

    #[test]
    fn knows_names_that_need_no_description() {
        assert!(is_self_evident("Zip_Code"));
        assert!(is_self_evident("LATITUDE"));
        assert!(!is_self_evident("Type of Permit"));
    }
}
