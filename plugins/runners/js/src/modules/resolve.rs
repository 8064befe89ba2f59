//! Which file an import means: Node's algorithm, with the endings that TypeScript leaves out.

use std::path::Path;

use oxc_resolver::{ResolveError, ResolveOptions, Resolver, TsconfigDiscovery};

/// How a file is asked for; `exports` of a package may answer differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// By `import`.
    Import,
    /// By `require`.
    Require,
}

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A file, absolute.
    File(String),
    /// Nobody has it.
    Missing,
    /// It is there, but cannot be had so; the text says why.
    Refused(String),
}

/// Finds the files of one suite.
pub(crate) struct Finder {
    own: Resolvers,
    /// For files of packages: a tsconfig among them is what its authors built with, and may extend what they did not publish.
    of_packages: Resolvers,
    /// The folder of packages.
    packages: Option<String>,
}

struct Resolvers {
    import: Resolver,
    require: Resolver,
}

/// In the order in which they are tried for a path without an ending, or without its right one.
const ENDINGS: [&str; 9] = [".mjs", ".js", ".mts", ".ts", ".jsx", ".tsx", ".json", ".cjs", ".cts"];

impl Finder {
    /// Looks below `import_paths`, which are relative to `root`, before any `node_modules` of the suite, and below `packages`
    /// for what none of these has.
    pub(crate) fn new(root: &str, import_paths: &[String], packages: Option<&str>) -> Self {
        let root = root.trim_end_matches('/');
        let first = import_paths.iter().map(|path| format!("{root}/{path}"));
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let alias = |from: &str, to: &[&str]| (from.to_owned(), texts(to));
        let options = |condition: &str, tsconfig: Option<TsconfigDiscovery>| ResolveOptions {
            condition_names: texts(&["node", condition, "module-sync", "development", "default"]),
            extensions: texts(&ENDINGS),
            extension_alias: vec![
                alias(".js", &[".js", ".ts", ".tsx", ".jsx"]),
                alias(".mjs", &[".mjs", ".mts"]),
                alias(".cjs", &[".cjs", ".cts"]),
                alias(".jsx", &[".jsx", ".tsx"]),
            ],
            main_fields: texts(if condition == "import" { &["module", "main"] } else { &["main"] }),
            modules: first.clone().chain(["node_modules"].into_iter().chain(packages).map(str::to_owned)).collect(),
            tsconfig,
            symlinks: false,
            ..ResolveOptions::default()
        };
        let import = Resolver::new(options("import", Some(TsconfigDiscovery::Auto)));
        let of_packages = Resolvers {
            import: import.clone_with_options(options("import", None)),
            require: import.clone_with_options(options("require", None)),
        };
        let require = import.clone_with_options(options("require", Some(TsconfigDiscovery::Auto)));
        Self { own: Resolvers { import, require }, of_packages, packages: packages.map(|path| format!("{path}/")) }
    }

    /// Resolves what the file at `importer` asks for.
    pub(crate) fn find(&self, specifier: &str, importer: &str, wanted: Wanted) -> Found {
        let is_of_package = importer.contains("/node_modules/")
            || self.packages.as_ref().is_some_and(|packages| importer.starts_with(packages));
        let resolvers = if is_of_package { &self.of_packages } else { &self.own };
        let resolver = match wanted {
            Wanted::Import => &resolvers.import,
            Wanted::Require => &resolvers.require,
        };
        match resolver.resolve_file(Path::new(importer), specifier) {
            Ok(found) => Found::File(found.path().to_string_lossy().into_owned()),
            Err(ResolveError::NotFound(_) | ResolveError::MatchedAliasNotFound(..)) => Found::Missing,
            Err(error) => Found::Refused(error.to_string()),
        }
    }

    /// Whether the nearest package.json says that its `.js` files are modules, or that they are not.
    pub(crate) fn package_type(&self, path: &str) -> Option<bool> {
        let found = self.of_packages.import.resolve(Path::new("/"), path).ok()?;
        let package = found.package_json()?;
        package.r#type().map(|kind| kind == oxc_resolver::PackageType::Module)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;

    fn suite(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn find(folder: &tempfile::TempDir, specifier: &str, importer: &str, wanted: Wanted) -> Option<String> {
        let root = folder.path().to_str().unwrap();
        let finder = Finder::new(root, &["first".to_owned()], Some(&format!("{root}/packages")));
        match finder.find(specifier, &format!("{root}/{importer}"), wanted) {
            Found::File(path) => Some(path.strip_prefix(root).unwrap().trim_start_matches('/').to_owned()),
            _ => None,
        }
    }

    #[test]
    fn an_ending_may_be_left_out_or_be_that_of_the_compiled_file() {
        let folder = suite(&[("src/a.ts", ""), ("src/b/index.tsx", ""), ("src/x.test.ts", "")]);
        let found = |specifier| find(&folder, specifier, "src/x.test.ts", Wanted::Import);
        assert_eq!(found("./a").as_deref(), Some("src/a.ts"));
        assert_eq!(found("./a.js").as_deref(), Some("src/a.ts"));
        assert_eq!(found("./b").as_deref(), Some("src/b/index.tsx"));
        assert_eq!(found("./c"), None);
    }

    #[test]
    fn a_package_answers_by_its_exports() {
        let package =
            r#"{"name":"p","exports":{".":{"import":"./i.mjs","require":"./r.cjs"},"./deep/*":"./lib/*.js"}}"#;
        let folder = suite(&[
            ("packages/p/package.json", package),
            ("packages/p/i.mjs", ""),
            ("packages/p/r.cjs", ""),
            ("packages/p/lib/x.js", ""),
            ("packages/p/hidden.js", ""),
            ("a.test.js", ""),
        ]);
        let found = |specifier, wanted| find(&folder, specifier, "a.test.js", wanted);
        assert_eq!(found("p", Wanted::Import).as_deref(), Some("packages/p/i.mjs"));
        assert_eq!(found("p", Wanted::Require).as_deref(), Some("packages/p/r.cjs"));
        assert_eq!(found("p/deep/x", Wanted::Import).as_deref(), Some("packages/p/lib/x.js"));
        assert_eq!(found("p/hidden.js", Wanted::Import), None);
    }

    #[test]
    fn an_import_path_comes_before_packages_and_is_no_folder_of_any_other_name() {
        let folder = suite(&[
            ("first/bank.ts", ""),
            ("packages/bank/index.js", ""),
            ("packages/shop/index.js", ""),
            ("tests/a.test.ts", ""),
        ]);
        let found = |specifier| find(&folder, specifier, "tests/a.test.ts", Wanted::Import);
        assert_eq!(found("bank").as_deref(), Some("first/bank.ts"));
        assert_eq!(found("shop").as_deref(), Some("packages/shop/index.js"));
        assert_eq!(found("first"), None);
    }

    #[test]
    fn a_tsconfig_of_a_package_does_not_count() {
        let folder = suite(&[
            ("packages/p/tsconfig.json", "{\"extends\": \"../../nobody/has/this.json\"}"),
            ("packages/p/index.js", ""),
            ("packages/p/other.js", ""),
        ]);
        let found = find(&folder, "./other.js", "packages/p/index.js", Wanted::Import);
        assert_eq!(found.as_deref(), Some("packages/p/other.js"));
    }

    #[test]
    fn paths_of_a_tsconfig_count() {
        let folder = suite(&[
            ("tsconfig.json", r#"{"compilerOptions":{"baseUrl":".","paths":{"@/*":["src/*"]}}} "#),
            ("src/a.ts", ""),
            ("tests/a.test.ts", ""),
        ]);
        assert_eq!(find(&folder, "@/a", "tests/a.test.ts", Wanted::Import).as_deref(), Some("src/a.ts"));
    }
}
