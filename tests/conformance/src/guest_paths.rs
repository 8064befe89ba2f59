//! Two clones build the same plugins: cargo names a crate after its path in the workspace, but after its whole path on this
//! machine where it lies outside, and the order of functions follows those names.

use cargo_metadata::MetadataCommand;

#[test]
fn what_plugins_are_made_of_lies_in_their_workspace() {
    let manifest = super::root().join("plugins/Cargo.toml");
    let options = ["--locked", "--offline", "--filter-platform", "wasm32-wasip2"].map(str::to_owned).to_vec();
    let metadata = MetadataCommand::new().manifest_path(manifest).other_options(options).exec().unwrap();
    let local: Vec<_> = metadata.packages.iter().filter(|package| package.source.is_none()).collect();
    assert!(local.iter().any(|package| package.name == "pact-sdk"), "the plugins use no SDK");
    // The hostile guests of the tests and the program that writes renderings down are no plugins that anybody installs.
    let shipped =
        local.iter().filter(|package| !["pact-test-guests", "pact-rendered"].contains(&package.name.as_str()));
    let outside: Vec<&str> = shipped
        .filter(|package| !package.manifest_path.starts_with(&metadata.workspace_root))
        .map(|package| package.manifest_path.as_str())
        .collect();
    assert_eq!(outside, Vec::<&str>::new(), "reach it by a link in `plugins/`, as `plugins/sdk`");
}
