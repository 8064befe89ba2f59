//! Sets the stack of the component: the engine is given most of it.

#![expect(clippy::disallowed_methods, reason = "cargo tells a build script what it builds by variables")]

fn main() {
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={}", 4 << 20);
    }
    println!("cargo::rerun-if-changed=build.rs");
}
