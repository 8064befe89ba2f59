//! Values as Python writes them.

use crate::pretty::Pretty;
use crate::render::python::quoted;
use crate::sample::{Collection, Sample};
use crate::type_ref::{Basic, Protocol};

/// A longer text of one letter is written as that letter many times.
const LONGEST: usize = 40;

/// Writes a value.
pub(super) fn spelt(value: &Sample) -> Pretty {
    let text = match value {
        Sample::None => "None".to_owned(),
        Sample::Truth(is_true) => if *is_true { "True" } else { "False" }.to_owned(),
        Sample::Number(Basic::Decimal, number) => format!("decimal.Decimal({})", quoted(number)),
        Sample::Number(Basic::Float, number) if !number.contains('.') => format!("{number}.0"),
        Sample::Number(_, number) => number.clone(),
        Sample::Text(text) => of_text(text),
        Sample::Bytes(0) => "b\"\"".to_owned(),
        Sample::Bytes(count) => format!("b\"\\0\" * {count}"),
        Sample::Least(basic) => least(*basic).to_owned(),
        Sample::Items(collection, items) => return of_items(*collection, items),
        Sample::Repeated(Collection::List, item, count) => format!("[{}] * {count}", flat(item)),
        Sample::Repeated(_, item, count) => format!("({},) * {count}", flat(item)),
        Sample::Map(_, entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| Pretty::Pair(format!("{}: ", flat(key)), Box::new(spelt(value))));
            return Pretty::group("{", entries.collect(), "}", "");
        }
        Sample::Member(name, member, _) => format!("{name}.{member}"),
        Sample::Struct(name, fields) => return Pretty::group(format!("{name}("), arguments(fields), ")", ""),
        Sample::Object(name, values) => {
            return Pretty::group(format!("{name}("), values.iter().map(spelt).collect(), ")", "");
        }
        Sample::Function(output) => format!("lambda *_, **__: {}", flat(output)),
        Sample::Nothing(Protocol::Generator) => "(_ for _ in ())".to_owned(),
        Sample::Nothing(protocol) if protocol.is_async() => "_nothing()".to_owned(),
        Sample::Nothing(_) => "iter(())".to_owned(),
    };
    Pretty::Text(text)
}

/// Writes `name=value` for each.
pub(super) fn arguments(fields: &[(String, Sample)]) -> Vec<Pretty> {
    fields.iter().map(|(name, value)| Pretty::Pair(format!("{name}="), Box::new(spelt(value)))).collect()
}

/// Returns the modules of the standard library that written values use, in order.
pub(super) fn modules(text: &str) -> impl Iterator<Item = &'static str> {
    let all = ["datetime", "decimal", "pathlib", "uuid"];
    all.into_iter().filter(move |module| text.contains(&format!("{module}.")))
}

fn of_text(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if text.len() > LONGEST && letters.all(|letter| letter == first) => {
            format!("{} * {}", quoted(&first.to_string()), text.chars().count())
        }
        _ => quoted(text),
    }
}

fn of_items(collection: Collection, items: &[Sample]) -> Pretty {
    let parts: Vec<Pretty> = items.iter().map(spelt).collect();
    match (collection, items) {
        (Collection::List, _) => Pretty::group("[", parts, "]", ""),
        (Collection::Tuple, [single]) => Pretty::Text(format!("({},)", flat(single))),
        (Collection::Tuple, _) => Pretty::group("(", parts, ")", ""),
        (Collection::Set, []) => Pretty::Text("set()".to_owned()),
        (Collection::FrozenSet, []) => Pretty::Text("frozenset()".to_owned()),
        (Collection::Set, _) => Pretty::group("{", parts, "}", ""),
        (Collection::FrozenSet, _) => Pretty::group("frozenset([", parts, "])", ""),
    }
}

fn flat(value: &Sample) -> String {
    spelt(value).flat()
}

fn least(basic: Basic) -> &'static str {
    match basic {
        Basic::Datetime => "datetime.datetime.min",
        Basic::Date => "datetime.date.min",
        Basic::Time => "datetime.time.min",
        Basic::Timedelta => "datetime.timedelta(0)",
        Basic::Uuid => "uuid.UUID(int=0)",
        Basic::Path => "pathlib.Path(\".\")",
        Basic::Complex => "0j",
        _ => "None",
    }
}
