//! The table of units in, the text of `docs/units.md` out.

use std::fmt::Write;

use super::table::{
    ATOMS, COUNTING_ANNOTATIONS, LOGARITHMS, MULTIPLIERS, Measures, NEVER_LARGE, PHRASES, PLAIN_ANNOTATIONS, PREFIXES,
    REFUSED, SPELLINGS, WHOLE_ANNOTATIONS, WORDS,
};
use super::time;
use super::{Dimension, Unit};

const INTRODUCTION: &str = "# Units

<!-- Made from src/units/table/; ELIGC_UPDATE=1 cargo test writes it again. -->

A unit is written in [UCUM](https://ucum.org), the code that laboratories and FHIR use: `mg/dL`,
`10*9/L`, `mL/min/{1.73_m2}`. Everyday spellings are read too and mean the UCUM next to them.
Every conversion is exact: sizes are rational numbers, never rounded.

## How a unit is built

- Units are joined with `.` and `/`, strictly from left to right: `mg/kg/d` is (mg/kg)/d. Parentheses
  group: `g/(24.h)`. ` per ` is read as `/`.
- A digit behind a unit is a power: `m2`, `s-1`; `m^2` and `m²` are the same.
- `10*9` is a power of ten; `10^9`, `x10^9`, `×10⁹` are the same. `10e9` is an error, since it is ten
  times as much to a computer.
- A number binds to the unit right behind it: `mg/24h` is `mg/(24.h)`, and `mg/24.h` is (mg/24).h, another unit.
- In a program a unit has no blanks but those of the spellings below, of ` per `, and behind a power of ten
  (`10^3 copies/mL`, `10^9 /L`); parentheses in it hold a dot, as in `ug/(kg.min)`.
- `µ` (either character) is `u`; `×` is `x`.

## What never converts

- A mole is no number, so `mmol/L` never compares with a count or with `meq/L`. A mass concentration
  and an amount concentration convert only for a fact that declares its molar mass.
- An arbitrary unit (`[IU]`, `[arb'U]`) converts only into multiples of itself. `U`, the enzyme unit,
  is 1 umol/min and is not `[IU]`.
- `mL/min/{1.73_m2}` never compares with `mL/min`.
- A ratio of amounts (`mmol/mol`), of masses (`mg/g`, and `mg/kg/d`), of volumes (`L/L`) or of anything else by its like
  is no plain number (`1`, `%`, `{ratio}`), and none of them is another: 7 % HbA1c is 53 mmol/mol. They convert only for
  a fact that [declares](language.md#second-scales) how. What a formula divides, as in `dose / weight`, compares with
  the ratio and with the plain number.
- A percentage is no value of a quantity that is kept as a plain number: a prothrombin activity of 40 % is no INR of 0.4.
  `quantity [1]` reads `1`, `{ratio}`, `{INR}`; `quantity [%]` reads `%` and, for 55 %, `0.55` of `{fraction}` too.
- `Cel` and `[degF]` begin at different places, and convert only for a fact that declares it.
- A logarithm of a volume in litres is none in millilitres: `{Log_copies}/L` becomes copies/L, and these become copies/mL.
- Months and years inside a unit have UCUM's mean length (30.4375 and 365.25 days). Windows do not
  use it: they count calendar months and years.
";

/// [`LOGARITHMS`] are the rows.
const ON_LOGARITHMS: &str = "
A viral load is often reported as a decimal logarithm: 3.5 log10 copies/mL is 10^3.5, that is 3162.28 copies/mL. Records and
programs may give it so. Ten to a whole power is exact, to another it is worked out to 12 digits from the logarithm as it is
written; a laboratory that rounds it to 2 digits does not know the number better than to 1 %. Logarithms are never added to
numbers: lower by 1 log10 is a tenth (E0314).
";

/// The reference of all units that can be written, as Markdown.
pub fn reference_markdown() -> String {
    let mut out = INTRODUCTION.to_owned();
    units(&mut out);
    logarithms(&mut out);
    prefixes(&mut out);
    everyday(&mut out);
    annotations(&mut out);
    spellings(&mut out);
    out
}

/// A cell of a table: code in backticks.
fn code(text: &str) -> String {
    format!("`{text}`")
}

fn row(out: &mut String, cells: &[String]) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn heading(out: &mut String, title: &str, columns: &[&str]) {
    let _ = writeln!(out, "\n## {title}\n");
    let names: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    row(out, &names);
    row(out, &vec!["---".to_owned(); columns.len()]);
}

fn units(out: &mut String) {
    heading(out, "Units", &["code", "name", "prefixes", "measures", "size in m, g, s, mol, C"]);
    for atom in ATOMS {
        let (dimension, size) = match atom.measures {
            Measures::Powers(powers) => (Dimension::of_powers(powers).name(), atom.size),
            Measures::Own(base) if base == atom.code => ("itself only".to_owned(), ""),
            Measures::Own(base) => (format!("`{base}`"), ""),
        };
        let prefixes = if atom.metric { "yes" } else { "" };
        let cells = [code(atom.code), atom.name.to_owned(), prefixes.to_owned(), dimension];
        row(out, &[cells.as_slice(), &[size.to_owned()]].concat());
    }
    let refused: Vec<String> = REFUSED.iter().map(|(name, _)| code(name)).collect();
    let _ = writeln!(out, "\nNo units by themselves: {}; see [logarithms](#logarithms).", refused.join(", "));
}

fn logarithms(out: &mut String) {
    let _ = writeln!(out, "\n## Logarithms\n{ON_LOGARITHMS}");
    let titles = ["of", "in UCUM's form", "also written"].map(str::to_owned);
    row(out, &titles);
    row(out, &["---".to_owned(), "---".to_owned(), "---".to_owned()]);
    for (counted, annotation) in LOGARITHMS {
        let plain = counted.trim_matches(['{', '}', '[', ']']);
        let words = ["log10", "log", "lg"].map(|word| code(&format!("{word} {plain}/mL"))).join(", ");
        row(out, &[code(&format!("{counted}/mL")), code(&format!("{annotation}/mL")), words]);
    }
}

fn prefixes(out: &mut String) {
    heading(out, "Prefixes", &["letter", "name", "power of ten"]);
    for (letter, name, power) in PREFIXES {
        row(out, &[code(letter), (*name).to_owned(), power.to_string()]);
    }
    let small: Vec<String> = NEVER_LARGE.iter().map(|unit| code(unit)).collect();
    let _ = writeln!(
        out,
        "\nThe prefixes from a million up do not go with {}: `Mg/dL` is an error, since `mg/dL` is meant.",
        small.join(", ")
    );
}

fn everyday(out: &mut String) {
    heading(out, "Everyday spellings", &["written", "means"]);
    let _ = PHRASES.iter().chain(WORDS).map(|(word, ucum)| row(out, &[code(word), code(ucum)])).count();
    for (unit, words) in time::SPELLINGS {
        let words: Vec<String> = words.iter().filter(|word| **word != unit.code()).map(|word| code(word)).collect();
        row(out, &[words.join(", "), code(unit.code())]);
    }
    for (letter, ucum, volumes) in MULTIPLIERS {
        let volumes: Vec<String> = volumes.iter().map(|volume| code(&format!("/{volume}"))).collect();
        row(out, &[format!("{} before {}", code(letter), volumes.join(", ")), code(ucum)]);
    }
    out.push_str(
        "\nWords of three small letters and more are read in capitals too; other words are read as they are.\n",
    );
}

fn annotations(out: &mut String) {
    out.push_str("\n## Annotations\n\nThese change the quantity, so they are units of their own:\n");
    let counting: Vec<String> = COUNTING_ANNOTATIONS.iter().map(|(text, _)| code(text)).collect();
    let plain: Vec<String> = PLAIN_ANNOTATIONS.iter().map(|text| code(text)).collect();
    let _ = writeln!(out, "{}.\n", counting.join(", "));
    let whole: Vec<String> = WHOLE_ANNOTATIONS.iter().map(|text| code(text)).collect();
    let _ = writeln!(
        out,
        "These say which quantity the whole unit is of, wherever they are, so `ug{{FEU}}/L` is `ug/L{{FEU}}`; `ug/L FEU` is\n\
         the same: {}.\n",
        whole.join(", ")
    );
    out.push_str("These only say what is counted, so `{cells}/uL` is `/uL`:\n");
    let _ = writeln!(out, "{}.\n", plain.join(", "));
    out.push_str(
        "Behind a unit, as in `mg/g{creat}`, any other annotation only names the material. Any other\n\
         annotation alone, as in `{spots}/uL`, is a unit of its own.\n",
    );
}

fn spellings(out: &mut String) {
    heading(out, "Spellings a compiled tree lists", &["UCUM", "written"]);

    for group in SPELLINGS {
        let mut rows: Vec<(String, Vec<String>)> = Vec::new();
        for unit in group.iter().flat_map(|text| Unit::parse(text)) {
            let written = code(unit.written());
            match rows.iter_mut().find(|(ucum, _)| ucum == unit.ucum()) {
                Some((_, list)) => list.push(written),
                None => rows.push((unit.ucum().to_owned(), vec![written])),
            }
        }
        for (ucum, written) in rows {
            row(out, &[code(&ucum), written.join(", ")]);
        }
    }
}
