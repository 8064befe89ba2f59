//! A project of three components: `basket` calls `catalogue`, and `clock` stands alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use pact_model::component_id::ComponentId;
use pact_model::phase::Phase;
use pact_pipeline::ports::{Language, Languages};
use pact_pipeline::{Error, Ports, RunOptions, RunReport, Until, run};
use pact_store::Project;
use serde_json::{Value, json};

use crate::fakes::{FakeLanguage, FakeModel, FakeRunner, FixedClock, Listener, Question, shared};

pub(crate) struct Bench {
    pub(crate) place: tempfile::TempDir,
    pub(crate) model: Arc<FakeModel>,
    /// Components that are written in another language.
    pub(crate) others: Vec<&'static str>,
    pub(crate) runner: Arc<FakeRunner>,
    pub(crate) listener: Arc<Listener>,
}

impl Bench {
    /// A project with good answers to everything.
    pub(crate) fn new() -> Self {
        Self::answering(|_| {})
    }

    /// A project whose answers are changed first.
    pub(crate) fn answering(change: impl FnOnce(&mut BTreeMap<Question, String>)) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        write(place.path(), "task.md", "# Shop\n\nSells things.\n");
        write(place.path(), "sops.md", "Plain functions.\n");
        let mut replies = good_answers();
        change(&mut replies);
        let model = FakeModel { replies, ..FakeModel::default() };
        let (runner, listener) = (shared(FakeRunner::new()), shared(Listener::default()));
        Self { place, model: shared(model), others: Vec::new(), runner, listener }
    }

    /// Goes on with other answers; the folder stays.
    pub(crate) fn asking(&mut self, change: impl FnOnce(&mut BTreeMap<Question, String>)) {
        let mut replies = good_answers();
        change(&mut replies);
        self.model = shared(FakeModel { replies, ..FakeModel::default() });
        self.runner = shared(FakeRunner::new());
        self.listener = shared(Listener::default());
    }

    pub(crate) async fn run(&self, until: Until) -> Result<RunReport, Error> {
        self.run_with(RunOptions { until, ..RunOptions::default() }).await
    }

    pub(crate) async fn run_with(&self, options: RunOptions) -> Result<RunReport, Error> {
        let project = Project::open_to_work(self.path()).expect("nobody else works on it");
        run(&options, &self.ports(project, "11")).await
    }

    pub(crate) async fn run_with_runner(&self, digest: &str) -> Result<RunReport, Error> {
        let project = Project::open_to_work(self.path()).expect("nobody else works on it");
        run(&RunOptions { until: Until::Certify, ..RunOptions::default() }, &self.ports(project, digest)).await
    }

    fn ports(&self, project: Project, runner_digest: &str) -> Ports {
        Ports {
            provider: self.model.clone(),
            languages: Languages {
                default: self.language("fake", runner_digest),
                own: self.others.iter().map(|id| (component_id(id), self.language("other", runner_digest))).collect(),
            },
            workspace: shared(project),
            clock: shared(FixedClock),
            reporter: self.listener.clone(),
        }
    }

    fn language(&self, name: &str, runner_digest: &str) -> Language {
        let plugins = [("runner-fake", runner_digest), (name, "22")];
        Language {
            backend: shared(FakeLanguage::named(name)),
            runner: self.runner.clone(),
            plugins: plugins.map(|(id, digest)| (id.to_owned(), digest.to_owned())).into(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.place.path()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        read(self.path(), path)
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.read(path)).expect("JSON")
    }

    pub(crate) fn write(&self, path: &str, content: &str) {
        write(self.path(), path, content);
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }
}

#[expect(clippy::disallowed_methods, reason = "the test looks at the folder from outside, as a person would")]
fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[expect(clippy::disallowed_methods, reason = "the test changes the folder from outside, as a person would")]
fn write(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("writable");
    std::fs::write(path, content).expect("writable");
}

fn component_id(text: &str) -> ComponentId {
    ComponentId::new(text).expect("an id")
}

pub(crate) fn question(role: Phase, component: &str, attempt: u32) -> Question {
    (role, component.to_owned(), attempt)
}

pub(crate) fn fenced(value: &Value) -> String {
    format!("Here it is.\n\n```json\n{}\n```\n", serde_json::to_string_pretty(value).expect("JSON"))
}

pub(crate) fn contract(id: &str) -> Value {
    let (types, input, dependencies) = match id {
        "catalogue" => (
            json!([{"name": "Item", "kind": "struct", "fields": [{"name": "cents", "type_ref": "int"}]}]),
            "Item",
            json!([]),
        ),
        "basket" => (json!([]), "list[Item]", json!(["catalogue"])),
        _ => (json!([]), "int", json!([])),
    };
    json!({
        "name": id, "description": format!("Does {id}."), "types": types, "dependencies": dependencies,
        "functions": [{"name": format!("{id}_go"), "description": "Goes.", "output_type": "int",
                       "inputs": [{"name": "it", "type_ref": input}]}],
    })
}

pub(crate) fn tests(id: &str) -> String {
    let cases = json!({"test_cases": [
        {"id": "one", "description": "d", "function": format!("{id}_go"), "category": "happy_path"},
    ]});
    format!("{}\n```fake contract_test.fk\nuse {id}\ntest one\ntest two\n```\n", fenced(&cases))
}

pub(crate) fn code(id: &str, body: &str) -> String {
    let files = json!({"files": [{"path": format!("{id}.fk")}]});
    format!("{}\n```fake {id}.fk\n{id}_go {body}\n```\n", fenced(&files))
}

pub(crate) const COMPONENTS: [&str; 3] = ["basket", "catalogue", "clock"];

fn good_answers() -> BTreeMap<Question, String> {
    let plan = json!({
        "components": [
            {"id": "basket", "name": "Basket", "description": "Holds items.", "dependencies": ["catalogue"]},
            {"id": "catalogue", "name": "Catalogue", "description": "Has items.", "dependencies": []},
            {"id": "clock", "name": "Clock", "description": "Tells the time.", "dependencies": []},
        ],
        "decisions": [{"ambiguity": "Currency?", "decision": "Cents.", "rationale": "Exact."}],
    });
    let mut replies = BTreeMap::from([(question(Phase::Decompose, "-", 1), fenced(&plan))]);
    for id in COMPONENTS {
        replies.insert(question(Phase::Contract, id, 1), fenced(&contract(id)));
        replies.insert(question(Phase::AuthorTests, id, 1), tests(id));
        replies.insert(question(Phase::Implement, id, 1), code(id, "is right"));
    }
    replies
}
