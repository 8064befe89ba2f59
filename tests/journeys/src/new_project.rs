//! A project from nothing: `pact init`, and what the other commands say before there is anything to show.

use crate::support::{folder, pact, read, tree};

#[test]
fn init_writes_what_is_missing_and_keeps_what_is_there() {
    let place = folder(&[("shop/task.md", "my task\n")]);
    let first = pact(place.path(), ["init", "shop"]).with_code(0);
    assert_eq!(
        first.stdout,
        "wrote  sops.md\nwrote  pact.yaml\nwrote  .gitattributes\nwrote  .pact/.gitignore\nkept   task.md\n\
         next: say in task.md what is to be built, then: pact run shop\n"
    );
    assert_eq!(read(&place.path().join("shop/task.md")), "my task\n");
    for name in ["contracts", "decomposition", "src", "tests"] {
        assert!(place.path().join("shop").join(name).is_dir(), "{name}");
    }
    let before = tree(&place.path().join("shop"));
    let second = pact(place.path(), ["init", "shop"]).with_code(0);
    assert!(!second.stdout.contains("wrote"), "{}", second.stdout);
    let lock = place.path().join("shop/.pact/lock");
    let others = |files: Vec<(std::path::PathBuf, Vec<u8>)>| -> Vec<_> {
        files.into_iter().filter(|(path, _)| *path != lock).collect()
    };
    assert!(others(tree(&place.path().join("shop"))) == others(before), "a file was touched");
}

#[test]
fn init_writes_the_grants_of_the_provider_with_their_reasons() {
    let place = folder(&[]);
    pact(place.path(), ["init", "--model", "scripted/transcript"]).with_code(0);
    let settings = read(&place.path().join("pact.yaml"));
    assert!(settings.contains("  scripted:\n    # the replies that it gives are files in this folder\n"), "{settings}");
    assert!(settings.contains("workspace.read: [\"transcript/**\"]"), "{settings}");
    // The settings are good: what stops the run is that the transcript is missing.
    let ended = pact(place.path(), ["run"]).with_code(2);
    assert!(ended.stderr.contains("transcript"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("pact.yaml:"), "{}", ended.stderr);
}

#[test]
fn init_takes_the_language_of_the_demo_or_the_one_that_is_named() {
    for (arguments, line) in
        [(&["init"][..], "language: python\n"), (&["init", "--language", "typescript"], "language: typescript\n")]
    {
        let place = folder(&[]);
        pact(place.path(), arguments).with_code(0);
        let settings = read(&place.path().join("pact.yaml"));
        assert!(settings.contains(line), "{settings}");
    }
}

#[test]
fn a_run_without_a_provider_says_what_to_write_and_that_the_demo_needs_none() {
    let place = folder(&[]);
    pact(place.path(), ["init"]).with_code(0);
    let ended = pact(place.path(), ["run"]).with_code(2);
    assert!(ended.stderr.contains("no model is configured"), "{}", ended.stderr);
    assert!(ended.stderr.contains("models:\n          default: PROVIDER/MODEL"), "{}", ended.stderr);
    assert!(ended.stderr.contains("scripted"), "{}", ended.stderr);
    assert!(ended.stderr.contains("`pact demo`"), "{}", ended.stderr);
}

#[test]
fn a_provider_without_its_grant_is_refused_with_the_lines_to_add() {
    let place =
        folder(&[("task.md", "a task"), ("pact.yaml", "language: python\nmodels: {default: scripted/transcript}\n")]);
    let ended = pact(place.path(), ["run"]).with_code(2);
    assert!(ended.stderr.contains("grants: { scripted: { workspace.read: [\"transcript/**\"] } }"), "{}", ended.stderr);
}

#[test]
fn settings_that_speak_of_what_is_not_there_are_refused() {
    for (settings, words) in [
        ("languag: python\n", "did you mean `language`?"),
        (
            "language: cobol\nmodels: {default: scripted}\ngrants: {scripted: {workspace.read: transcript/**}}\n",
            "`cobol`",
        ),
        ("language: python\nmodels: {default: nobody/x}\n", "no plugin is called `nobody`"),
        ("language: python\ngrants: {nobody: {}}\n", "no plugin is called `nobody`"),
        ("language: python\ngrants: {scripted: {workspace.write: x}}\n", "workspace.write"),
        ("language: python\nplugins: {mine: ./mine.wasm}\n", "mine.wasm"),
    ] {
        let place = folder(&[("task.md", "a task"), ("pact.yaml", settings)]);
        let ended = pact(place.path(), ["run"]).with_code(2);
        assert!(ended.stderr.contains(words), "{settings}: {}", ended.stderr);
    }
}

#[test]
fn without_a_project_the_commands_say_how_to_make_one() {
    let place = folder(&[]);
    for arguments in [&["run"][..], &["status"], &["components"], &["run", "."]] {
        let ended = pact(place.path(), arguments).with_code(2);
        assert!(ended.stderr.contains("pact init DIR"), "{arguments:?}: {}", ended.stderr);
    }
}

#[test]
fn a_project_without_components_has_a_status() {
    let place = folder(&[]);
    pact(place.path(), ["init"]).with_code(0);
    let ended = pact(place.path(), ["status"]).with_code(0);
    assert_eq!(ended.stdout, "run: none yet\n\nno components yet\n\nnext: pact run\n");
}
