//! That a tool which does not look is noticed.

use super::{checks::files, *};

fn refuse(script: &str) -> Result<(), RenderedError> {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a_test.py"), "good\n").unwrap();
    let child = Child::new("sh", root.path()).args(["-c", script]);
    let check = Check { tool: "sh", child, file: "a_test.py".into(), spoilt: "bad\n" };
    assert!(check.run(root.path()).unwrap().0 || script.contains("always"));
    let result = check.must_refuse(root.path());
    assert_eq!(fs::read_to_string(root.path().join("a_test.py")).unwrap(), "good\n");
    result
}

#[test]
fn a_tool_that_names_the_spoilt_file_looks() {
    refuse("if grep -H bad a_test.py; then exit 1; fi").unwrap();
}

#[test]
fn a_tool_that_accepts_a_spoilt_file_or_fails_without_naming_it_is_blind() {
    for script in ["exit 0", "echo a_test.py", ": always; echo no licence; exit 1"] {
        assert!(matches!(refuse(script), Err(RenderedError::Blind { tool: "sh", .. })), "{script}");
    }
}

#[test]
fn an_empty_folder_is_no_folder_without_faults() {
    let root = tempfile::tempdir().unwrap();
    assert!(files(root.path()).is_err());
}
