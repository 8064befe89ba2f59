//! Measured costs by size, as a picture: in characters for a terminal, as SVG for a file. Both axes are logarithmic: there a
//! power is a straight line and its exponent the slope.

use std::fmt::Write as _;

use pact_model::performance::PerformanceReport;
use pact_pipeline::performance::Growth;

use super::untrusted::line;

const ROWS: u32 = 10;
const COLUMNS: u32 = 52;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const MARGIN: f64 = 60.0;
/// From a palette that is told apart with every kind of colour vision; the claim is dashed besides.
const MEASURED: &str = "#0072b2";
const CLAIMED: &str = "#d55e00";

/// Draws a report with characters, one line each; nothing when there are less than two points to draw.
#[must_use]
pub(crate) fn terminal(report: &PerformanceReport) -> Option<String> {
    let points = logarithms(report);
    let (first, last) = (report.points.first()?, report.points.last()?);
    let (least, most) = range(points.iter().map(|(_, fuel)| *fuel))?;
    if points.len() < 2 {
        return None;
    }
    let caption = format!("log2 of fuel for sizes {} to {}, doubling", first.size, last.size);
    let title = format!("{}: {}, measured {}", line(&report.function), line(&report.claimed), line(&report.fitted));
    // A height that is given for a range below one is a factor to the library, so it gets none.
    let config = rasciigraph::Config::default().with_width(COLUMNS).with_caption(caption);
    let config = if most - least < 1.0 { config.with_height(1) } else { config.with_height(ROWS) };
    let plot = rasciigraph::plot(points.into_iter().map(|(_, fuel)| fuel).collect(), config);
    let rows: Vec<&str> = plot.lines().map(str::trim_end).collect();
    Some(format!("{title}\n{}\n", rows.join("\n")))
}

/// Draws a report as SVG, with the claim beside it where it is understood; nothing when there are less than two points.
#[must_use]
pub(crate) fn svg(report: &PerformanceReport) -> Option<String> {
    let measured = logarithms(report);
    let claimed = claim(report);
    let all = || measured.iter().chain(&claimed);
    if measured.len() < 2 {
        return None;
    }
    let (left, right) = range(all().map(|(size, _)| *size))?;
    let (bottom, top) = range(all().map(|(_, fuel)| *fuel))?;
    let top = if top - bottom < 1.0 { bottom + 1.0 } else { top };
    let place = |(size, fuel): &(f64, f64)| {
        let x = MARGIN + (size - left) / (right - left) * (WIDTH - 2.0 * MARGIN);
        let y = HEIGHT - MARGIN - (fuel - bottom) / (top - bottom) * (HEIGHT - 2.0 * MARGIN);
        (x, y)
    };
    let polyline = |points: &[(f64, f64)]| {
        let places = points.iter().map(place).map(|(x, y)| format!("{x:.1},{y:.1}"));
        places.collect::<Vec<_>>().join(" ")
    };
    let (function, bound, fitted) = (escape(&report.function), escape(&report.claimed), escape(&report.fitted));
    let (axis_x, axis_y) = (HEIGHT - MARGIN, WIDTH - MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<title>{function}: {bound}, measured {fitted}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n\
         <text x=\"{MARGIN}\" y=\"30\" font-size=\"16\">{function}</text>\n\
         <path d=\"M{MARGIN},{MARGIN} V{axis_x} H{axis_y}\" fill=\"none\" stroke=\"#000000\"/>\n"
    );
    for (report_point, point) in report.points.iter().zip(&measured) {
        let (x, y) = place(point);
        let size = report_point.size;
        let _ = write!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{MEASURED}\"><title>size {size}: fuel {}</title></circle>\n\
             <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\" font-size=\"9\">{size}</text>\n",
            report_point.fuel,
            axis_x + 14.0,
        );
    }
    for (value, y) in [(bottom, axis_x), (top, MARGIN)] {
        let _ = writeln!(svg, "<text x=\"{}\" y=\"{y}\" text-anchor=\"end\">2^{value:.0}</text>", MARGIN - 6.0);
    }
    let _ = write!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">size</text>\n<text x=\"{MARGIN}\" y=\"48\">fuel</text>\n\
         <polyline points=\"{}\" fill=\"none\" stroke=\"{MEASURED}\" stroke-width=\"2\"/>\n\
         <polyline points=\"{}\" fill=\"none\" stroke=\"{CLAIMED}\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>\n\
         <text x=\"{axis_y}\" y=\"30\" text-anchor=\"end\" fill=\"{MEASURED}\">measured: {fitted}</text>\n\
         <text x=\"{axis_y}\" y=\"46\" text-anchor=\"end\" fill=\"{CLAIMED}\">claimed: {bound}</text>\n</svg>\n",
        WIDTH / 2.0,
        HEIGHT - 18.0,
        polyline(&measured),
        polyline(&claimed),
    );
    Some(svg)
}

/// Binary logarithms of size and fuel. A call that cost nothing is drawn like one that cost one unit.
fn logarithms(report: &PerformanceReport) -> Vec<(f64, f64)> {
    report.points.iter().map(|point| (logarithm(point.size), logarithm(point.fuel))).collect()
}

/// The claim through the last measured point, and not below one unit.
fn claim(report: &PerformanceReport) -> Vec<(f64, f64)> {
    let (Ok(growth), Some(last)) = (Growth::parse(&report.claimed), report.points.last()) else { return Vec::new() };
    let offset = logarithm(last.fuel) - growth.of(last.size).log2();
    let place = |size: u64| (logarithm(size), (growth.of(size).log2() + offset).max(0.0));
    report.points.iter().map(|point| place(point.size)).filter(|(_, fuel)| fuel.is_finite()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a picture needs no more than 52 bits")]
fn logarithm(number: u64) -> f64 {
    (number.max(1) as f64).log2()
}

fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| match range {
        None => Some((value, value)),
        Some((least, most)) => Some((f64::min(least, value), f64::max(most, value))),
    })
}

fn escape(text: &str) -> String {
    line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use pact_model::performance::{BoundKind, Held, PerformancePoint};

    use super::*;

    fn report(fuels: &[u64]) -> PerformanceReport {
        let points = fuels.iter().enumerate().map(|(at, fuel)| PerformancePoint { size: 16 << at, fuel: *fuel });
        PerformanceReport {
            function: "so<rt\u{1b}".to_owned(),
            bound: BoundKind::Complexity,
            claimed: "O(n)".to_owned(),
            fitted: "about n^2.00".to_owned(),
            points: points.collect(),
            held: Held::No,
            reason: String::new(),
        }
    }

    #[test]
    fn a_quadratic_cost_is_a_straight_line() {
        let report = PerformanceReport { function: "sort".to_owned(), ..report(&[256, 1024, 4096, 16384, 65536]) };
        insta::assert_snapshot!(terminal(&report).unwrap(), @"
        sort: O(n), measured about n^2.00
         16.00 ┤                                                ╭──
         15.20 ┤                                           ╭────╯
         14.40 ┤                                      ╭────╯
         13.60 ┤                                 ╭────╯
         12.80 ┤                            ╭────╯
         12.00 ┤                      ╭─────╯
         11.20 ┤                 ╭────╯
         10.40 ┤            ╭────╯
          9.60 ┤       ╭────╯
          8.80 ┤  ╭────╯
          8.00 ┼──╯
                     log2 of fuel for sizes 16 to 256, doubling
        ");
    }

    #[test]
    fn nothing_is_drawn_of_less_than_two_points_and_a_flat_cost_is_a_line() {
        assert_eq!((terminal(&report(&[5])), svg(&report(&[5])), terminal(&report(&[]))), (None, None, None));
        let flat = terminal(&report(&[0, 0, 0])).unwrap();
        assert!((3..8).contains(&flat.lines().count()), "{flat}");
        assert!(!svg(&report(&[7, 7])).unwrap().contains("NaN"));
    }

    #[test]
    fn the_picture_holds_both_lines_and_no_markup_of_a_name() {
        let svg = svg(&report(&[256, 1024, 4096, 16384])).unwrap();
        assert!(svg.contains("so&lt;rt") && !svg.contains("so<rt") && !svg.contains('\u{1b}'), "{svg}");
        assert!(svg.contains("points=\"60.0,340.0 233.3,246.7 406.7,153.3 580.0,60.0\""), "{svg}");
        assert_eq!(svg.matches("<polyline").count(), 2);
    }
}
