//! Plots of measured complexity bounds, as files.

use std::path::Path;

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_model::component_id::ComponentId;
use pact_model::verdict::Verdict;

use crate::exit::Failure;
use crate::ui::plot;

/// Writes one SVG for each function whose growth was measured; makes the folder when there is none.
///
/// # Errors
/// When the folder cannot be written.
pub(super) fn write(folder: &Path, component: &ComponentId, verdict: &Verdict) -> Result<(), Failure> {
    let write = || -> std::io::Result<()> {
        Dir::create_ambient_dir_all(folder, ambient_authority())?;
        let dir = Dir::open_ambient_dir(folder, ambient_authority())?;
        for report in &verdict.performance {
            if let Some(svg) = plot::svg(report) {
                dir.write(name(component, &report.function), svg)?;
            }
        }
        Ok(())
    };
    write().map_err(|error| Failure::usage(error).context(format!("write plots into `{}`", folder.display())))
}

/// The function's name comes from the contract; only letters, digits and `_` of it are sure to be a file's name.
fn name(component: &ComponentId, function: &str) -> String {
    let plain: String = function.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    format!("{component}-{plain}.svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_out_of_the_folder() {
        let component = ComponentId::new("money").unwrap();
        assert_eq!(name(&component, "add_all"), "money-add_all.svg");
        assert_eq!(name(&component, "../Ledger.add"), "money----Ledger-add.svg");
    }
}
