//! Rendered TypeScript and JavaScript.

use pact_language_ecmascript::dialect::Dialect;
use pact_language_ecmascript::interface::{self, Interface};
use pact_language_ecmascript::render::{
    Decoy, Delivery, RenderedSuite, TypeStyle, decoy, events, lenient_types, probe, proxy, stand_in, stub, suite, types,
};

use crate::{CONTRACTS, File};

/// What stands in the place of the component, and which types it has.
const FOLDERS: [(&str, Types, Component); 5] = [
    ("zod", Types::Strict(TypeStyle::Zod), Component::StandIn),
    ("classes", Types::Strict(TypeStyle::Classes), Component::StandIn),
    ("proxies", Types::Strict(TypeStyle::Zod), Component::Proxy),
    ("raising", Types::Lenient, Component::Decoy(Decoy::Raising)),
    ("constant", Types::Strict(TypeStyle::Classes), Component::Decoy(Decoy::Constant)),
];

#[derive(Clone, Copy)]
enum Types {
    Strict(TypeStyle),
    Lenient,
}

#[derive(Clone, Copy)]
enum Component {
    StandIn,
    Proxy,
    Decoy(Decoy),
}

const SUITES: [(&str, RenderedSuite); 3] = [
    ("smoke_test.test", RenderedSuite::Smoke),
    ("validator_test.test", RenderedSuite::Validators),
    ("emission_test.test", RenderedSuite::Emission),
];

/// What a project has, and what the runner offers.
const BESIDE: [(&str, &str); 2] = [
    ("tsconfig.json", include_str!("../beside/tsconfig.json")),
    ("pact_peer.d.ts", include_str!("../beside/pact_peer.d.ts")),
];

/// Renders everything.
pub(crate) fn files() -> Vec<File> {
    let mut files = Vec::new();
    for dialect in [Dialect::TypeScript, Dialect::JavaScript] {
        for (folder, types, component) in FOLDERS {
            if dialect == Dialect::TypeScript {
                for (name, text) in BESIDE {
                    files.push(File { path: format!("typescript/{folder}/{name}"), text: text.to_owned() });
                }
            }
            for (name, function, contract) in CONTRACTS {
                let interface = interface::read(contract, dialect).unwrap_or_else(|error| panic!("{name}: {error:?}"));
                let all = modules(&interface, dialect, function, types, component);
                let (language, extension) = (dialect.language(), dialect.extension());
                files.extend(
                    all.into_iter()
                        .map(|(module, text)| File { path: format!("{language}/{folder}/{module}.{extension}"), text }),
                );
            }
        }
    }
    files
}

fn modules(
    interface: &Interface,
    dialect: Dialect,
    function: &str,
    style: Types,
    component: Component,
) -> Vec<(String, String)> {
    let name = &interface.component;
    let mut all = vec![(
        format!("{name}_types"),
        match style {
            Types::Strict(style) => types(interface, dialect, style),
            Types::Lenient => lenient_types(interface, dialect),
        },
    )];
    let (text, delivery) = match component {
        Component::StandIn => (stand_in(interface, dialect), Delivery::Here),
        Component::Proxy => (proxy(interface, dialect).text, Delivery::Across),
        Component::Decoy(kind) => (decoy(interface, dialect, kind), Delivery::Here),
    };
    all.push((name.clone(), text));
    all.push((format!("{name}_events"), events(interface, dialect, delivery)));
    if matches!(component, Component::StandIn) {
        all.push((format!("{name}_interface"), stub(interface, dialect)));
        let tests = format!("tests/{name}/contract_test.test.{}", dialect.extension());
        let probe = probe(interface, dialect, function, &tests, 1000);
        all.push((format!("{name}_probe.test"), probe.unwrap_or_else(|error| panic!("{name}: {error:?}"))));
        for (kind, asked) in SUITES {
            all.extend(suite(interface, dialect, asked).map(|text| (format!("{name}_{kind}"), text)));
        }
    }
    all
}
