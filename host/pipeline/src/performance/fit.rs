//! Whether measured costs grow as claimed.
//!
//! What counts is how fast the *increments* grow while sizes double: a cost that every call has, however large, is in no
//! increment. For a cost of `c + n^k` the increments grow by `2^k`, so their binary logarithm, the slope, is `k`.
//!
//! Costs are fuel, so they have no noise: equal code and equal sizes give equal numbers. What disturbs are steps (a list
//! that grows, an algorithm that changes its method at a size), hence the mean of two slopes and a tolerance.

use pact_model::performance::{Held, PerformancePoint};

use super::Growth;

/// A slope may exceed the claimed one by so much. Half of the distance between O(log n) and O(sqrt n), the closest two of
/// the bounds that are told apart. What is closer is not told apart: up to 65,536 the slope of n log n exceeds that of n by
/// less than 0.12, so a function that is O(n log n) passes as O(n).
const TOLERANCE: f64 = 0.25;
/// When a call passes the cap, one ratio of two costs is all that is known of the last step. One whole power more than
/// claimed is asked before that decides.
const STEP_TOLERANCE: f64 = 1.0;
/// Growth below a tenth of the smallest cost …
const FLAT_SHARE: f64 = 0.1;
/// … or below so many units of fuel is none: an interpreter burns about a hundred units for one simple operation, so this is
/// some two hundred of them, over all sizes.
const FLAT_FUEL: u64 = 20_000;
/// A cost that is what the claim allows and something steeper beside it shows in what exceeds the claim: `f(2n)` less what the
/// claim makes of `f(n)`. That decides where it is more than this share of the last cost …
const EXCESS_SHARE: f64 = 0.03;
/// … and has grown over the last three sizes, each time by this much more than the claim grows (in the exponent) …
const EXCESS_STEP: f64 = 0.3;
/// … and in the mean by this much more. What n log n has beyond n grows like n; steps (hash tables, blocks of memory) come and
/// go, and of the honest functions that were measured none had more than 1.4 in two successive slopes.
const EXCESS_SLOPE: f64 = 0.5;
/// An increment counts as at least so large a share of the cost that it is added to, so that two tiny increments do not make a
/// steep slope.
const SMALLEST_INCREMENT: f64 = 0.02;
/// Two slopes need so many sizes.
pub(super) const FEWEST_POINTS: usize = 4;

/// What a fit came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    pub(super) fitted: String,
    pub(super) held: Held,
    pub(super) reason: String,
}

/// Judges a claim. `beyond` is what the call of the next size cost at least, when that passed the cap.
pub(super) fn fit(claim: Growth, points: &[PerformancePoint], beyond: Option<u64>) -> Fit {
    if let (Some(beyond), Some(last)) = (beyond, points.last())
        && let Some(fit) = of_the_last_step(claim, last, beyond)
    {
        return fit;
    }
    if points.len() < FEWEST_POINTS {
        let reason = format!("{} sizes could be measured; {FEWEST_POINTS} are the least", points.len());
        return Fit { fitted: "unknown".to_owned(), held: Held::Unknown, reason };
    }
    if is_flat(points) {
        return Fit {
            fitted: "O(1)".to_owned(),
            held: Held::Yes,
            reason: "its cost hardly depends on the size".to_owned(),
        };
    }
    let measured = tail_slope(&points.iter().map(|point| as_float(point.fuel)).collect::<Vec<_>>());
    let fitted = format!("about n^{measured:.2}");
    if claim == Growth::Constant {
        return Fit { fitted, held: Held::No, reason: "its cost grows with the size".to_owned() };
    }
    if claim == Growth::Exponential {
        let reason = "the claim allows everything that can be measured".to_owned();
        return Fit { fitted, held: Held::Yes, reason };
    }
    let claimed = tail_slope(&points.iter().map(|point| claim.of(point.size)).collect::<Vec<_>>());
    let held = if measured <= claimed + TOLERANCE { Held::Yes } else { Held::No };
    if let (Held::Yes, Some(slope)) = (held, slope_of_excess(claim, claimed, points)) {
        let reason = format!("a part of its cost has the slope {slope:.2}, the claimed one is {claimed:.2}");
        return Fit { fitted, held: Held::No, reason };
    }
    let reason = format!("its slope is {measured:.2}, the claimed one {claimed:.2}, and {TOLERANCE} more is tolerated");
    Fit { fitted, held, reason }
}

/// A ratio of two whole costs is at most that of the claim, because a constant part only lowers it.
fn of_the_last_step(claim: Growth, last: &PerformancePoint, beyond: u64) -> Option<Fit> {
    if claim == Growth::Exponential {
        return None;
    }
    let allowed = (claim.of(last.size * 2) / claim.of(last.size)).log2();
    let found = (as_float(beyond) / as_float(last.fuel.max(FLAT_FUEL))).log2();
    (found > allowed + STEP_TOLERANCE).then(|| Fit {
        fitted: format!("at least n^{found:.1}"),
        held: Held::No,
        reason: format!(
            "from size {} to {} its cost grew by 2^{found:.1} at least, where the claim allows 2^{allowed:.1}",
            last.size,
            last.size * 2
        ),
    })
}

fn is_flat(points: &[PerformancePoint]) -> bool {
    let fuels = || points.iter().map(|point| point.fuel);
    let (Some(least), Some(most)) = (fuels().min(), fuels().max()) else { return true };
    let growth = most - least;
    growth < FLAT_FUEL || as_float(growth) < FLAT_SHARE * as_float(least)
}

/// Returns how steep the part of a cost is that exceeds the claim, where there is one that cannot be chance.
fn slope_of_excess(claim: Growth, claimed: f64, points: &[PerformancePoint]) -> Option<f64> {
    let tail = points.get(points.len().checked_sub(FEWEST_POINTS)?..)?;
    let excesses: Vec<f64> = tail
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] => {
                let allowed = claim.of(after.size) / claim.of(before.size);
                Some(as_float(after.fuel) - allowed * as_float(before.fuel))
            }
            _ => None,
        })
        .collect();
    let [first, second, third] = excesses.as_slice() else { return None };
    let cost = tail.last().map(|point| as_float(point.fuel))?;
    if *first <= 0.0 || *second <= 0.0 || *third < EXCESS_SHARE * cost {
        return None;
    }
    let (slopes, mean) = ([(second / first).log2(), (third / second).log2()], (third / first).log2() / 2.0);
    let is_steep = slopes.iter().all(|slope| *slope > claimed + EXCESS_STEP) && mean > claimed + EXCESS_SLOPE;
    is_steep.then_some(mean)
}

/// The mean of the last two slopes of costs at doubling sizes.
fn tail_slope(costs: &[f64]) -> f64 {
    let tail = costs.get(costs.len().saturating_sub(FEWEST_POINTS)..).unwrap_or(costs);
    let increments: Vec<f64> = tail
        .windows(2)
        .map(|pair| match pair {
            [before, after] => (after - before).max(SMALLEST_INCREMENT * before),
            _ => 0.0,
        })
        .collect();
    match increments.as_slice() {
        [first, .., last] if *first > 0.0 => (last / first).log2() / 2.0,
        _ => 0.0,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a cost needs no more than 52 bits")]
fn as_float(fuel: u64) -> f64 {
    fuel as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [u64; 13] = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "costs of a test")]
    fn points(count: usize, cost: impl Fn(f64) -> f64) -> Vec<PerformancePoint> {
        SIZES[..count].iter().map(|size| PerformancePoint { size: *size, fuel: cost(*size as f64) as u64 }).collect()
    }

    fn held(claim: Growth, points: &[PerformancePoint]) -> Held {
        fit(claim, points, None).held
    }

    #[test]
    fn a_quadratic_solution_of_a_linear_contract_fails_however_large_its_constant_part_is() {
        for constant in [0.0, 5e6] {
            let quadratic = points(11, |n| constant + 800.0 * n + 120.0 * n * n);
            assert_eq!(held(Growth::Linear, &quadratic), Held::No);
            assert_eq!(held(Growth::Linearithmic, &quadratic), Held::No);
            assert_eq!(held(Growth::Quadratic, &quadratic), Held::Yes);
            assert_eq!(fit(Growth::Linear, &quadratic, None).fitted, "about n^2.00");
        }
    }

    #[test]
    fn each_growth_satisfies_its_own_claim_and_not_one_that_is_a_root_smaller() {
        let order = [Growth::Logarithmic, Growth::Root, Growth::Linear, Growth::Quadratic, Growth::Cubic];
        for (at, growth) in order.into_iter().enumerate() {
            let measured = points(13, |n| 50_000.0 + 20_000.0 * growth.of(n as u64));
            assert_eq!(held(growth, &measured), Held::Yes, "{growth:?}");
            for smaller in &order[..at] {
                assert_eq!(held(*smaller, &measured), Held::No, "{growth:?} is no {smaller:?}");
            }
            assert_eq!(held(Growth::Constant, &measured), Held::No, "{growth:?}");
        }
    }

    #[test]
    fn n_log_n_is_not_told_from_n() {
        let measured = points(13, |n| 120.0 * n * n.log2());
        assert_eq!(held(Growth::Linearithmic, &measured), Held::Yes);
        assert_eq!(held(Growth::Linear, &measured), Held::Yes, "closer than the tolerance");
    }

    #[test]
    fn a_quadratic_part_is_found_beside_a_linear_one_that_is_much_larger() {
        // As measured: a model for each element, and a loop of `insert(0, …)`.
        let mixed = |share: f64| points(12, move |n| 3e6 + 200_000.0 * n + share * 200_000.0 / 32_768.0 * n * n);
        let slope = |points: &[PerformancePoint]| fit(Growth::Linear, points, None).fitted;
        assert_eq!(slope(&mixed(0.1)), "about n^1.07", "the slope alone does not show it");
        assert_eq!(held(Growth::Linear, &mixed(0.1)), Held::No);
        assert_eq!(held(Growth::Linear, &mixed(0.01)), Held::Yes, "a hundredth is below what can be told from steps");
        assert_eq!(held(Growth::Quadratic, &mixed(0.1)), Held::Yes);
    }

    #[test]
    fn steps_that_come_and_go_are_no_steeper_part() {
        let jagged = |n: f64| if (n.log2() as u32).is_multiple_of(2) { 1.07 } else { 1.0 };
        assert_eq!(held(Growth::Linear, &points(13, |n| 1e6 + 200_000.0 * n * jagged(n))), Held::Yes);
        assert_eq!(held(Growth::Linear, &points(13, |n| 1e6 + 9_000.0 * n + 400.0 * n * n.log2())), Held::Yes);
    }

    #[test]
    fn a_cost_that_hardly_grows_satisfies_every_claim() {
        for flat in [points(13, |n| 900.0 + n / 10.0), points(13, |n| 1e7 + n)] {
            assert!(
                [Growth::Constant, Growth::Logarithmic, Growth::Cubic]
                    .iter()
                    .all(|claim| held(*claim, &flat) == Held::Yes)
            );
        }
    }

    #[test]
    fn few_sizes_are_not_enough_to_judge() {
        assert_eq!(held(Growth::Linear, &points(3, |n| 1e6 * n)), Held::Unknown);
        assert_eq!(held(Growth::Linear, &[]), Held::Unknown);
    }

    #[test]
    fn a_cost_that_passes_the_cap_in_one_step_breaks_a_claim_that_does_not_allow_such_a_step() {
        let measured = points(1, |_| 6e6);
        assert_eq!(fit(Growth::Cubic, &measured, Some(2_000_000_000)).held, Held::No, "2^8 in one step");
        assert_eq!(fit(Growth::Exponential, &measured, Some(2_000_000_000)).held, Held::Unknown);
        let heavy = points(4, |n| 1.5e7 * n);
        assert_eq!(fit(Growth::Linear, &heavy, Some(3_800_000_000)).held, Held::Yes, "heavy, and linear");
    }
}
