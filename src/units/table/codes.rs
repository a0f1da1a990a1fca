//! The codes of UCUM and their prefixes.

/// What one code measures.
#[derive(Debug, Clone, Copy)]
pub(in crate::units) enum Measures {
    /// Powers of length (m), mass (g), time (s), amount (mol) and charge (C).
    Powers([i32; 5]),
    /// Itself only; the code of the base, which several codes may share.
    Own(&'static str),
}

/// One unit code.
#[derive(Debug)]
pub(in crate::units) struct Atom {
    /// The code as UCUM spells it, case-sensitive.
    pub(in crate::units) code: &'static str,
    /// The code written out when another is preferred: `L` for `l`.
    pub(in crate::units) preferred: &'static str,
    /// The name for people.
    pub(in crate::units) name: &'static str,
    /// Whether prefixes such as `m` and `k` go with it.
    pub(in crate::units) metric: bool,
    /// The dimension.
    pub(in crate::units) measures: Measures,
    /// The size in the coherent base (m, g, s, mol, C), as [`crate::number::Rational::parse`]
    /// reads it.
    pub(in crate::units) size: &'static str,
}

const fn atom(code: &'static str, name: &'static str, metric: bool, powers: [i32; 5], size: &'static str) -> Atom {
    Atom { code, preferred: code, name, metric, measures: Measures::Powers(powers), size }
}

const fn own(code: &'static str, name: &'static str, metric: bool) -> Atom {
    Atom { code, preferred: code, name, metric, measures: Measures::Own(code), size: "1" }
}

const NUMBER: [i32; 5] = [0, 0, 0, 0, 0];
const LENGTH: [i32; 5] = [1, 0, 0, 0, 0];
const VOLUME: [i32; 5] = [3, 0, 0, 0, 0];
const MASS: [i32; 5] = [0, 1, 0, 0, 0];
const TIME: [i32; 5] = [0, 0, 1, 0, 0];
const CATALYTIC: [i32; 5] = [0, 0, -1, 1, 0];
const PRESSURE: [i32; 5] = [-1, 1, -2, 0, 0];
const ENERGY: [i32; 5] = [2, 1, -2, 0, 0];

/// Every unit code, the usual ones first.
pub(in crate::units) const ATOMS: &[Atom] = &[
    atom("m", "metre", true, LENGTH, "1"),
    atom("g", "gram", true, MASS, "1"),
    atom("s", "second", true, TIME, "1"),
    atom("mol", "mole", true, [0, 0, 0, 1, 0], "1"),
    atom("L", "litre", true, VOLUME, "0.001"),
    Atom { code: "l", preferred: "L", name: "litre", metric: true, measures: Measures::Powers(VOLUME), size: "0.001" },
    atom("%", "percent", false, NUMBER, "0.01"),
    atom("min", "minute", false, TIME, "60"),
    atom("h", "hour", false, TIME, "3600"),
    atom("d", "day", false, TIME, "86400"),
    atom("wk", "week", false, TIME, "604800"),
    atom("mo", "month (a twelfth of a year)", false, TIME, "2629800"),
    atom("a", "year (365.25 days)", false, TIME, "31557600"),
    atom("U", "enzyme unit (1 umol/min)", true, CATALYTIC, "1/60000000"),
    atom("kat", "katal", true, CATALYTIC, "1"),
    own("[IU]", "international unit", true),
    Atom {
        code: "[iU]",
        preferred: "[IU]",
        name: "international unit",
        metric: true,
        measures: Measures::Own("[IU]"),
        size: "1",
    },
    atom("m[Hg]", "metre of mercury", true, PRESSURE, "133322000"),
    atom("m[H2O]", "metre of water", true, PRESSURE, "9806650"),
    atom("Pa", "pascal", true, PRESSURE, "1000"),
    atom("bar", "bar", true, PRESSURE, "100000000"),
    atom("atm", "standard atmosphere", false, PRESSURE, "101325000"),
    atom("Hz", "hertz", true, [0, 0, -1, 0, 0], "1"),
    atom("N", "newton", true, [1, 1, -2, 0, 0], "1000"),
    atom("J", "joule", true, ENERGY, "1000"),
    atom("cal", "calorie", true, ENERGY, "4184"),
    atom("W", "watt", true, [2, 1, -3, 0, 0], "1000"),
    atom("C", "coulomb", true, [0, 0, 0, 0, 1], "1"),
    atom("A", "ampere", true, [0, 0, -1, 0, 1], "1"),
    atom("V", "volt", true, [2, 1, -2, 0, -1], "1000"),
    atom("t", "tonne", false, MASS, "1000000"),
    atom("[lb_av]", "pound", false, MASS, "453.59237"),
    atom("[oz_av]", "ounce", false, MASS, "28.349523125"),
    atom("[in_i]", "inch", false, LENGTH, "0.0254"),
    atom("[ft_i]", "foot", false, LENGTH, "0.3048"),
    atom("[ppth]", "parts per thousand", false, NUMBER, "0.001"),
    atom("[ppm]", "parts per million", false, NUMBER, "0.000001"),
    atom("[ppb]", "parts per billion", false, NUMBER, "0.000000001"),
    own("eq", "equivalent", true),
    own("osm", "osmole", true),
    own("Cel", "degree Celsius", false),
    own("[degF]", "degree Fahrenheit", false),
    own("[pH]", "pH", false),
    own("Gy", "gray", true),
    own("Sv", "sievert", true),
    own("Bq", "becquerel", true),
    own("[HPF]", "high-power field", false),
    own("[LPF]", "low-power field", false),
    own("[arb'U]", "arbitrary unit", true),
    own("[AU]", "allergen unit", true),
    own("[BAU]", "bioequivalent allergen unit", true),
    own("[USP'U]", "United States Pharmacopeia unit", true),
    own("[CFU]", "colony-forming unit", true),
    own("[PFU]", "plaque-forming unit", true),
    own("[FFU]", "focus-forming unit", true),
    own("[CCID_50]", "cell culture infectious dose", true),
    own("[TCID_50]", "tissue culture infectious dose", true),
    own("[EID_50]", "egg infectious dose", true),
    own("[Lf]", "limit of flocculation", true),
    own("[D'ag'U]", "D-antigen unit", true),
    own("[anti'Xa'U]", "anti-Xa unit", true),
    own("[GPL'U]", "IgG anticardiolipin unit", false),
    own("[MPL'U]", "IgM anticardiolipin unit", false),
    own("[APL'U]", "IgA anticardiolipin unit", false),
    own("[beth'U]", "Bethesda unit", false),
    own("[todd'U]", "Todd unit", false),
    own("[tb'U]", "tuberculin unit", false),
    own("[ka'U]", "King-Armstrong unit", false),
    own("[bdsk'U]", "Bodansky unit", false),
    own("[knk'U]", "Kunkel unit", false),
    own("[mclg'U]", "Mac Lagan unit", false),
];

/// The prefixes: letter, name, power of ten. `da` is before `d`, so the longer one is tried.
pub(in crate::units) const PREFIXES: &[(&str, &str, i32)] = &[
    ("T", "tera", 12),
    ("G", "giga", 9),
    ("M", "mega", 6),
    ("k", "kilo", 3),
    ("h", "hecto", 2),
    ("da", "deca", 1),
    ("d", "deci", -1),
    ("c", "centi", -2),
    ("m", "milli", -3),
    ("u", "micro", -6),
    ("n", "nano", -9),
    ("p", "pico", -12),
    ("f", "femto", -15),
    ("a", "atto", -18),
];

/// Units that no trial counts in millions: `Mg/dL` is a slip for `mg/dL`, not a megagram.
pub(in crate::units) const NEVER_LARGE: &[&str] = &["m", "g", "s", "mol", "L", "l", "eq", "osm"];
