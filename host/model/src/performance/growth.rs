//! What a contract says about growth: texts in Big-O notation, read as a function of one size.

/// How a cost grows with a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Growth {
    /// O(1).
    Constant,
    /// O(log n).
    Logarithmic,
    /// O(sqrt n).
    Root,
    /// O(n).
    Linear,
    /// O(n log n).
    Linearithmic,
    /// O(n^2).
    Quadratic,
    /// O(n^3).
    Cubic,
    /// O(2^n).
    Exponential,
}

impl Growth {
    /// Reads a bound.
    ///
    /// # Errors
    /// When it is not understood or speaks of more than one size; the text says which and what would be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let refuse = |why: &str| format!("`{}` {why}", text.escape_debug());
        let misread =
            || refuse("is not understood; O(1), O(log n), O(sqrt n), O(n), O(n log n), O(n^2), O(n^3), O(2^n) are");
        let lower = text.trim().to_lowercase().replace("**", "^").replace('²', "^2").replace('³', "^3");
        let inner = lower.strip_prefix('o').map(str::trim_start).and_then(|rest| rest.strip_prefix('('));
        let inner = inner.and_then(|rest| rest.trim_end().strip_suffix(')')).ok_or_else(misread)?;
        let (shape, variables) = shape(inner).ok_or_else(misread)?;
        if variables > 1 {
            return Err(refuse("speaks of more than one size, and a generator makes inputs of one"));
        }
        match shape.as_str() {
            "1" => Ok(Self::Constant),
            "Ln" => Ok(Self::Logarithmic),
            "Sn" | "n^0.5" | "n^1/2" => Ok(Self::Root),
            "n" | "n^1" => Ok(Self::Linear),
            "nLn" | "Lnn" => Ok(Self::Linearithmic),
            "n^2" | "nn" => Ok(Self::Quadratic),
            "n^3" | "nnn" => Ok(Self::Cubic),
            "2^n" => Ok(Self::Exponential),
            _ => Err(misread()),
        }
    }

    /// Returns the cost of a size, up to a factor.
    #[must_use]
    pub fn of(self, size: u64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
        let n = size as f64;
        match self {
            Self::Constant => 1.0,
            Self::Logarithmic => n.log2(),
            Self::Root => n.sqrt(),
            Self::Linear => n,
            Self::Linearithmic => n * n.log2(),
            Self::Quadratic => n * n,
            Self::Cubic => n * n * n,
            Self::Exponential => n.exp2(),
        }
    }
}

/// The text with every size called `n`, logarithm `L` and root `S`, and the number of different sizes.
fn shape(inner: &str) -> Option<(String, usize)> {
    let mut shape = String::new();
    let mut variables: Vec<char> = Vec::new();
    let mut rest = inner;
    while let Some(first) = rest.chars().next() {
        let word_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        rest = after;
        match word {
            "" => {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                match first {
                    '√' => shape.push('S'),
                    // The base of a logarithm is a factor; `log2` and `log_2` are usual.
                    '2' | '_' | '₂' if shape.ends_with('L') => {}
                    c if c.is_ascii_digit() || "^./".contains(c) => shape.push(c),
                    c if c.is_whitespace() || "*·×()".contains(c) => {}
                    _ => return None,
                }
            }
            "log" | "lg" | "ln" => shape.push('L'),
            "sqrt" => shape.push('S'),
            _ => {
                // `nlogn` without spaces.
                let (before, function, argument) = match word.split_once("log") {
                    Some((before, argument)) => (before, "L", argument),
                    None => (word, "", ""),
                };
                for (variable, then) in [(before, function), (argument, "")] {
                    let mut letters = variable.chars();
                    match (letters.next(), letters.next()) {
                        (Some(letter), None) => {
                            shape.push('n');
                            if !variables.contains(&letter) {
                                variables.push(letter);
                            }
                        }
                        (None, _) => {}
                        _ => return None,
                    }
                    shape.push_str(then);
                }
            }
        }
    }
    Some((shape, variables.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_read_as_people_and_models_write_it() {
        let texts = [
            (Growth::Constant, "O(1)|o( 1 )"),
            (Growth::Logarithmic, "O(log n)|O(log(n))|O(logn)|O(ln n)|O(log2 n)|O(log_2(n))|O(lg k)"),
            (Growth::Root, "O(sqrt n)|O(sqrt(n))|O(√n)|O(n^0.5)|O(n^(1/2))"),
            (Growth::Linear, "O(n)|O(N)| o (m) "),
            (Growth::Linearithmic, "O(n log n)|O(nlogn)|O(n * log(n))|O(n·log n)|O(log n * n)|O(N LOG N)"),
            (Growth::Quadratic, "O(n^2)|O(n²)|O(n**2)|O(n*n)|O(n * n)|O(n ^ 2)"),
            (Growth::Cubic, "O(n^3)|O(n³)|O(n*n*n)"),
            (Growth::Exponential, "O(2^n)|O(2**n)"),
        ];
        for (growth, spellings) in texts {
            for spelling in spellings.split('|') {
                assert_eq!(Growth::parse(spelling), Ok(growth), "{spelling}");
            }
        }
    }

    #[test]
    fn a_bound_of_two_sizes_is_not_judged() {
        for text in ["O(n * m)", "O(n log m)", "O(v e)"] {
            assert!(Growth::parse(text).unwrap_err().contains("more than one size"), "{text}");
        }
    }

    #[test]
    fn what_is_no_bound_is_not_guessed_at() {
        for text in
            ["", "fast", "O()", "O(n", "n", "O(n!)", "O(n + m)", "O(size)", "O(mn)", "O(n^4)", "O(1) amortised", "O(3)"]
        {
            assert!(Growth::parse(text).unwrap_err().contains("not understood"), "{text}");
        }
    }
}
