//! What the plugin exports. Tests are Python's, so everything about them is what the shipped backend of Python says.

use pact_language_python::component::bindings::exports::pact::plugin::backend as wit;
use pact_language_python::component::bindings::pact::plugin::facts::{Facts, Place};
use pact_language_python::component::{Backend, OfStyle, bindings};
use pact_language_python::interface::{self, Interface};
use pact_language_python::render::TypeStyle;
use wit::Guest;

use crate::{code, module};

struct Pydantic;

impl OfStyle for Pydantic {
    const STYLE: TypeStyle = TypeStyle::Pydantic;
}

type Python = Backend<Pydantic>;

const EXTENSION: &str = "postfix";

struct Postfix;

fn read(contract: &str) -> Result<Interface, wit::ContractError> {
    Ok(interface::read(contract)?)
}

/// Not by the name of the component, which is that of the module: the host takes one for hiding the other.
fn code_of(component: &str) -> String {
    format!("src/{component}/main.{EXTENSION}")
}

impl Guest for Postfix {
    fn describe() -> wit::Description {
        wit::Description { extension: EXTENSION.to_owned(), ..Python::describe() }
    }

    fn name_files(component_id: String) -> Result<wit::FileNames, wit::NameError> {
        let names = Python::name_files(component_id.clone())?;
        Ok(wit::FileNames {
            implementation: code_of(&component_id),
            events: format!("contracts/{component_id}/{component_id}.py"),
            ..names
        })
    }

    fn render_types(contract: String, type_style: Option<String>) -> Result<String, wit::ContractError> {
        Python::render_types(contract, type_style)
    }

    fn render_stub(contract: String) -> Result<String, wit::ContractError> {
        let stub = Python::render_stub(contract)?;
        let about = "# The code is in postfix notation, a line a function: mean left right : left right + 2 /\n\n";
        Ok(format!("{about}{stub}"))
    }

    fn render_stand_in(contract: String) -> Result<String, wit::ContractError> {
        Python::render_stand_in(contract)
    }

    fn render_proxy(contract: String) -> Result<wit::Proxy, wit::ContractError> {
        Python::render_proxy(contract)
    }

    /// The host puts the proxy where the code lies, and Python cannot import it there.
    fn find_obstacles(
        _contract: String,
        _tests: Vec<wit::SourceText>,
    ) -> Result<Vec<wit::Obstacle>, wit::ContractError> {
        let reason = "the code of this language is no module, and a proxy cannot take its place".to_owned();
        Ok(vec![wit::Obstacle { reason, place: None }])
    }

    fn render_decoy(contract: String, decoy: wit::Decoy) -> Result<String, wit::ContractError> {
        let word = match decoy {
            wit::Decoy::Raising => code::FAIL,
            wit::Decoy::Constant => "0",
        };
        Ok(module::decoy(&read(&contract)?, word))
    }

    fn render_lenient_types(contract: String) -> Result<String, wit::ContractError> {
        Python::render_lenient_types(contract)
    }

    fn find_generators(contract: String, source: String) -> Result<Vec<String>, wit::ContractError> {
        Python::find_generators(contract, source)
    }

    fn render_probe(contract: String, function: String, path: String, size: u64) -> Result<String, wit::ContractError> {
        Python::render_probe(contract, function, path, size)
    }

    /// There are no events; in their place stands the component's module.
    fn render_events(contract: String, _delivery: wit::EventDelivery) -> Result<String, wit::ContractError> {
        let interface = read(&contract)?;
        Ok(module::module(&interface, &code_of(&interface.component)))
    }

    fn render_suite(contract: String, suite: wit::RenderedSuite) -> Result<Option<String>, wit::ContractError> {
        match suite {
            wit::RenderedSuite::Emission => Ok(None),
            wit::RenderedSuite::Smoke | wit::RenderedSuite::Validators => Python::render_suite(contract, suite),
        }
    }

    fn list_tests(path: String, source: String) -> Result<wit::TestListing, wit::SourceError> {
        Python::list_tests(path, source)
    }

    fn plant_canaries(
        path: String,
        source: String,
        key: Vec<u8>,
        count: u32,
    ) -> Result<wit::PlantedSource, wit::SourceError> {
        Python::plant_canaries(path, source, key, count)
    }

    fn check_implementation(
        contract: String,
        files: Vec<wit::SourceText>,
    ) -> Result<Vec<wit::Finding>, wit::ContractError> {
        let interface = read(&contract)?;
        let path = code_of(&interface.component);
        let found = files.iter().find(|file| file.path == path);
        let problems = code::check(&interface, found.map_or("", |file| file.text.as_str()));
        let finding = |problem: code::Problem| wit::Finding {
            severity: wit::Severity::Error,
            code: problem.code.to_owned(),
            message: problem.message,
            place: Place { path: path.clone(), line: problem.line, column: 1 },
        };
        Ok(problems.into_iter().map(finding).collect())
    }

    /// Of the tests: a line of sums defines nothing that an assessor asks for.
    fn extract_facts(_sources: Vec<wit::SourceText>, tests: Vec<wit::SourceText>, import_paths: Vec<String>) -> Facts {
        Python::extract_facts(Vec::new(), tests, import_paths)
    }
}

bindings::export_backend!(Postfix with_types_in bindings);
