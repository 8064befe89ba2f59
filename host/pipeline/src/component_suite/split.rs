//! Takes a component's suite apart: the tests with a proxy on one side, the code alone on the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pact_model::component_id::ComponentId;
use pact_model::contract::{ComponentContract, FunctionContract, SideEffectKind};
use pact_model::effect::Effect;
use pact_model::suite::{FileRole, SourceFile};

use crate::error::Error;
use crate::judge::Suite;
use crate::ports::{ContractBackend, EventDelivery, FileNames, Obstacle, Renewal, SourceText, SplitRequest};

/// A suite names so many obstacles; the rest is counted.
const NAMED: usize = 5;

/// Splits a suite that has been put together for one interpreter. Where something stands against it, the suite stays as it is
/// and says what.
pub(super) async fn split(
    mut suite: Suite,
    contract: &ComponentContract,
    others: &BTreeMap<ComponentId, ComponentContract>,
    backend: &dyn ContractBackend,
    can_split: bool,
    delivery: EventDelivery,
) -> Result<Suite, Error> {
    suite.shared_because = against(&suite, contract, backend, can_split).await?;
    if !suite.shared_because.is_empty() {
        return Ok(suite);
    }
    let names = backend.name_files(&contract.component_id).await?;
    let proxy = backend.render_proxy(contract).await?;
    let mut type_modules = proxy.type_modules;
    let mut tested = Vec::new();
    let mut tests = Vec::new();
    for file in suite.files.iter() {
        // Types and stand-ins are in both; what is below the test folder is the tests' alone.
        let side = if file.role == FileRole::Implementation { &mut tested } else { &mut tests };
        side.push(file.clone());
    }
    tested.extend(of_path(&suite, &names.types));
    tested.push(support(&names.events, backend.render_events(contract, delivery).await?));
    for other in others.values() {
        let other_names = backend.name_files(&other.component_id).await?;
        let other_proxy = backend.render_proxy(other).await?;
        tested.extend(of_path(&suite, &other_names.types));
        tested.push(support(&other_names.stand_in, other_proxy.text));
        type_modules.extend(other_proxy.type_modules);
    }
    tests.push(support(&names.implementation, proxy.text));
    type_modules.sort();
    type_modules.dedup();
    let sorted = |mut files: Vec<SourceFile>| {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Arc::new(files)
    };
    suite.files = sorted(tests);
    suite.split = Some(Arc::new(SplitRequest {
        component: contract.component_id.to_string(),
        files: sorted(tested),
        import_paths: suite.import_paths.clone(),
        exports: contract.exports(),
        type_modules,
        renewal: if contract.keeps_state { Renewal::Never } else { Renewal::Modules },
        effects: effects(contract),
    }));
    Ok(suite)
}

/// What each function may do, as its contract says.
fn effects(contract: &ComponentContract) -> BTreeMap<String, BTreeSet<Effect>> {
    let functions = contract.functions.iter().map(|function| (function.name.clone(), allowed(function)));
    let methods = contract
        .types
        .iter()
        .flat_map(|spec| spec.methods.iter().map(|method| (format!("{}.{}", spec.name, method.name), allowed(method))));
    functions.chain(methods).collect()
}

fn allowed(function: &FunctionContract) -> BTreeSet<Effect> {
    let declared = function.structured_side_effects.iter().filter_map(|effect| match effect.kind {
        SideEffectKind::ReadsFile => Some(Effect::ReadsFile),
        SideEffectKind::WritesFile => Some(Effect::WritesFile),
        SideEffectKind::NetworkCall => Some(Effect::Network),
        SideEffectKind::ReadsClock => Some(Effect::ReadsClock),
        SideEffectKind::DrawsRandom => Some(Effect::DrawsRandom),
        // An argument is state of the caller's, and outlives the call.
        SideEffectKind::ChangesArgument | SideEffectKind::MutatesState => Some(Effect::ChangesArgument),
        // A log stays in the sandbox; its records carry the time.
        SideEffectKind::None | SideEffectKind::Logging => None,
    });
    // Whatever awaits has timers, but those are the runner's, whose loop reads no clock.
    declared.collect()
}

/// Says what stands against it.
async fn against(
    suite: &Suite,
    contract: &ComponentContract,
    backend: &dyn ContractBackend,
    can_split: bool,
) -> Result<Vec<String>, Error> {
    if !can_split {
        return Ok(vec![
            "the runner of this language cannot hold the tested code in an instance of its own".to_owned(),
        ]);
    }
    let names = backend.name_files(&contract.component_id).await?;
    let tests: Vec<SourceText> = suite.files.iter().filter_map(|file| test_text(file, &names)).collect();
    let obstacles = backend.find_obstacles(contract, &tests).await?;
    let mut reasons: Vec<String> = obstacles.iter().take(NAMED).map(said).collect();
    if obstacles.len() > NAMED {
        reasons.push(format!("and {} more", obstacles.len() - NAMED));
    }
    Ok(reasons)
}

/// Says an obstacle with its place.
pub(crate) fn said(obstacle: &Obstacle) -> String {
    match (&obstacle.path, obstacle.line) {
        (Some(path), Some(line)) => format!("{path}:{line}: {}", obstacle.reason),
        (Some(path), None) => format!("{path}: {}", obstacle.reason),
        _ => obstacle.reason.clone(),
    }
}

fn test_text(file: &SourceFile, names: &FileNames) -> Option<SourceText> {
    let is_of_tests = file.path.strip_prefix(names.test_folder()).is_some_and(|rest| rest.starts_with('/'));
    // What is no text is no source.
    let text = String::from_utf8(file.bytes.clone()).ok()?;
    (is_of_tests && file.role != FileRole::Implementation).then(|| SourceText { path: file.path.clone(), text })
}

fn of_path(suite: &Suite, path: &str) -> Option<SourceFile> {
    suite.files.iter().find(|file| file.path == path).cloned()
}

fn support(path: &str, text: String) -> SourceFile {
    SourceFile { path: path.to_owned(), bytes: text.into_bytes(), role: FileRole::Support }
}
