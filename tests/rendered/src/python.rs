//! Rendered Python.

use pact_language_python::interface::{self, Interface};
use pact_language_python::render::{
    Decoy, Delivery, RenderedSuite, TypeStyle, decoy, events, lenient_types, probe, proxy, stand_in, stub, suite, types,
};

use crate::{CONTRACTS, File};

/// What stands in the place of the component, and which types it has. Not the decoy that returns values: it makes them past
/// their types on purpose, and no project ever holds one.
const FOLDERS: [(&str, Types, Component); 4] = [
    ("pydantic", Types::Strict(TypeStyle::Pydantic), Component::StandIn),
    ("dataclasses", Types::Strict(TypeStyle::Dataclasses), Component::StandIn),
    ("proxies", Types::Strict(TypeStyle::Pydantic), Component::Proxy),
    ("raising", Types::Lenient, Component::Decoy(Decoy::Raising)),
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
    ("smoke_test", RenderedSuite::Smoke),
    ("validator_test", RenderedSuite::Validators),
    ("emission_test", RenderedSuite::Emission),
];

/// Renders everything.
pub(crate) fn files() -> Vec<File> {
    let mut files = Vec::new();
    for (folder, types, component) in FOLDERS {
        if matches!(component, Component::Proxy) {
            let text = include_str!("../beside/pact_peer.pyi").to_owned();
            files.push(File { path: format!("python/{folder}/pact_peer.pyi"), text });
        }
        for (name, function, contract) in CONTRACTS {
            let interface = interface::read(contract).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            let all = modules(&interface, function, types, component);
            files.extend(
                all.into_iter().map(|(module, text)| File { path: format!("python/{folder}/{module}.py"), text }),
            );
        }
    }
    files
}

fn modules(interface: &Interface, function: &str, style: Types, component: Component) -> Vec<(String, String)> {
    let name = &interface.component;
    let mut all = vec![(
        format!("{name}_types"),
        match style {
            Types::Strict(style) => types(interface, style),
            Types::Lenient => lenient_types(interface),
        },
    )];
    let (text, delivery) = match component {
        Component::StandIn => (stand_in(interface), Delivery::Here),
        Component::Proxy => (proxy(interface).text, Delivery::Across),
        Component::Decoy(kind) => (decoy(interface, kind), Delivery::Here),
    };
    all.push((name.clone(), text));
    all.push((format!("{name}_events"), events(interface, delivery)));
    if matches!(component, Component::StandIn) {
        all.push((format!("{name}_interface"), stub(interface)));
        let tests = format!("tests/{name}/contract_test.py");
        let probe = probe(interface, function, &tests, 1000).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        all.push((format!("{name}_probe_test"), probe));
        for (kind, asked) in SUITES {
            all.extend(suite(interface, asked).map(|text| (format!("{name}_{kind}"), text)));
        }
    }
    all
}
