use super::*;

fn described(kind: ValidatorKind, expression: &str) -> Result<String, String> {
    let spec = ValidatorSpec { kind, expression: expression.to_owned(), error_message: String::new() };
    Constraint::read(&spec).map(|constraint| constraint.describe())
}

#[test]
fn reads_ranges_as_authors_write_them() {
    for (written, expected) in [
        ("0.01 <= value <= 999999.99", "0.01 <= value <= 999999.99"),
        ("value > 0 and value < 1e3", "0 < value < 1000.0"),
        ("0 < amount", "value > 0"),
        (">= -1", "value >= -1"),
        ("1..10", "1 <= value <= 10"),
        ("value == 5", "value == 5"),
    ] {
        assert_eq!(described(ValidatorKind::Range, written).as_deref(), Ok(expected), "{written}");
    }
}

#[test]
fn reads_lengths_as_authors_write_them() {
    for (written, expected) in [
        ("1 <= len(value) <= 50", "1 <= len(value) <= 50"),
        ("len(name) > 0", "len(value) > 0"),
        ("length <= 5", "len(value) <= 5"),
        ("3", "len(value) == 3"),
    ] {
        assert_eq!(described(ValidatorKind::Length, written).as_deref(), Ok(expected), "{written}");
    }
}

#[test]
fn refuses_what_it_would_enforce_only_in_part() {
    for written in [
        "",
        "positive",
        "value != 0",
        "value < limit",
        "0 < value or value > 9",
        "f(value) > 1",
        "value > 0 and value > 1",
        "value in (1, 2)",
    ] {
        assert!(described(ValidatorKind::Range, written).is_err(), "{written}");
    }
    for written in ["len(value) > 0.5", "len(value) >= -1", "short"] {
        assert!(described(ValidatorKind::Length, written).is_err(), "{written}");
    }
    assert!(described(ValidatorKind::Regex, "").is_err());
}
