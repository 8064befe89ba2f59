//! Values as TypeScript and JavaScript write them.

use crate::pretty::Pretty;
use crate::render::spelling::Spelling;
use crate::render::text::quoted;
use crate::sample::{Collection, Sample};
use crate::type_ref::Basic;

/// A longer text of one letter is written as that letter many times.
const LONGEST: usize = 30;

/// Writes a value.
pub(super) fn spelt(value: &Sample, spelling: Spelling<'_>) -> Pretty {
    let all = |values: &[Sample]| values.iter().map(|value| spelt(value, spelling)).collect::<Vec<_>>();
    let flat = |value: &Sample| spelt(value, spelling).flat();
    let text = match value {
        Sample::None => "undefined".to_owned(),
        Sample::Truth(is_true) => is_true.to_string(),
        Sample::Number(Basic::Decimal, number) => quoted(number),
        Sample::Number(_, number) => number.clone(),
        Sample::Text(text) => of_text(text),
        Sample::Bytes(0) => "new Uint8Array()".to_owned(),
        Sample::Bytes(count) => format!("new Uint8Array({count})"),
        Sample::Least(basic) => least(*basic).to_owned(),
        Sample::Items(Collection::List | Collection::Tuple, items) => {
            return Pretty::group("[", all(items), "]", "");
        }
        Sample::Items(_, items) if items.is_empty() => "new Set()".to_owned(),
        Sample::Items(_, items) => {
            let items = Pretty::group("[", all(items), "]", "");
            return Pretty::Hugging("new Set(".to_owned(), Box::new(items), ")");
        }
        Sample::Repeated(_, item, count) => format!("Array({count}).fill({})", flat(item)),
        Sample::Map(key, entries) if spelling.is_text(key) => {
            let entry = |(key, value): &(Sample, Sample)| {
                Pretty::Pair(format!("{}: ", name_of(key, spelling)), Box::new(spelt(value, spelling)))
            };
            return Pretty::group("{", entries.iter().map(entry).collect(), "}", " ");
        }
        Sample::Map(_, entries) if entries.is_empty() => "new Map()".to_owned(),
        Sample::Map(_, entries) => {
            let entry = |(key, value): &(Sample, Sample)| {
                Pretty::group("[", vec![spelt(key, spelling), spelt(value, spelling)], "]", "")
            };
            let entries = Pretty::group("[", entries.iter().map(entry).collect(), "]", "");
            return Pretty::Hugging("new Map(".to_owned(), Box::new(entries), ")");
        }
        Sample::Member(name, member, _) => format!("{name}.{member}"),
        Sample::Struct(name, fields) => {
            return Pretty::Hugging(format!("new {name}("), Box::new(object(fields, spelling)), ")");
        }
        Sample::Object(name, values) => return Pretty::group(format!("new {name}("), all(values), ")", ""),
        Sample::Function(output) => format!("() => {}", flat(output)),
        Sample::Nothing(protocol) if protocol.is_async() => "_nothing()".to_owned(),
        Sample::Nothing(_) => "[].values()".to_owned(),
    };
    Pretty::Text(text)
}

/// Writes an object of fields.
pub(super) fn object(fields: &[(String, Sample)], spelling: Spelling<'_>) -> Pretty {
    let fields = fields.iter();
    let fields = fields.map(|(name, value)| Pretty::Pair(format!("{name}: "), Box::new(spelt(value, spelling))));
    Pretty::group("{", fields.collect(), "}", " ")
}

fn name_of(key: &Sample, spelling: Spelling<'_>) -> String {
    match key {
        Sample::Text(text) if crate::identifier::check(text).is_ok() => text.clone(),
        key => format!("[{}]", spelt(key, spelling).flat()),
    }
}

fn of_text(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if text.len() > LONGEST && letters.all(|letter| letter == first) => {
            format!("{}.repeat({})", quoted(&first.to_string()), text.chars().count())
        }
        _ => quoted(text),
    }
}

fn least(basic: Basic) -> &'static str {
    match basic {
        Basic::Datetime => "new Date(0)",
        Basic::Date => "\"0001-01-01\"",
        Basic::Time => "\"00:00:00\"",
        Basic::Timedelta => "0",
        Basic::Uuid => "\"00000000-0000-0000-0000-000000000000\"",
        Basic::Path => "\".\"",
        _ => "undefined",
    }
}
