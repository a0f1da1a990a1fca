//! The table of units: every code, prefix, everyday spelling and annotation that is read.
//!
//! Sizes and codes follow the Unified Code for Units of Measure (UCUM) 2.1; `docs/units.md` is
//! made from this table.

/// What one code measures.
#[derive(Debug, Clone, Copy)]
pub(super) enum Measures {
    /// Powers of length (m), mass (g), time (s), amount (mol) and charge (C).
    Powers([i32; 5]),
    /// Itself only; the code of the base, which several codes may share.
    Own(&'static str),
}

/// One unit code.
#[derive(Debug)]
pub(super) struct Atom {
    /// The code as UCUM spells it, case-sensitive.
    pub(super) code: &'static str,
    /// The code written out when another is preferred: `L` for `l`.
    pub(super) preferred: &'static str,
    /// The name for people.
    pub(super) name: &'static str,
    /// Whether prefixes such as `m` and `k` go with it.
    pub(super) metric: bool,
    /// The dimension.
    pub(super) measures: Measures,
    /// The size in the coherent base (m, g, s, mol, C), as [`crate::number::Rational::parse`]
    /// reads it.
    pub(super) size: &'static str,
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
pub(super) const ATOMS: &[Atom] = &[
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

/// The prefixes: letter, name, power of ten. `da` stands before `d`, so the longer one is tried.
pub(super) const PREFIXES: &[(&str, &str, i32)] = &[
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
pub(super) const NEVER_LARGE: &[&str] = &["m", "g", "s", "mol", "L", "l", "eq", "osm"];

/// Everyday words and the UCUM they stand for. Words of three small letters and more are read in
/// either case; the words for times are in [`super::time::SPELLINGS`].
pub(super) const WORDS: &[(&str, &str)] = &[
    ("mcg", "ug"),
    ("mcL", "uL"),
    ("mcl", "uL"),
    ("mcmol", "umol"),
    ("cc", "mL"),
    ("IU", "[IU]"),
    ("iU", "[IU]"),
    ("iu", "[IU]"),
    ("mIU", "m[IU]"),
    ("uIU", "u[IU]"),
    ("mcIU", "u[IU]"),
    ("kIU", "k[IU]"),
    ("copies", "{copies}"),
    ("copy", "{copies}"),
    ("genomes", "{genomes}"),
    ("cells", "{cells}"),
    ("cell", "{cells}"),
    ("beats", "{beats}"),
    ("breaths", "{breaths}"),
    ("bpm", "{beats}/min"),
    ("percent", "%"),
    ("Eq", "eq"),
    ("mEq", "meq"),
    ("uEq", "ueq"),
    ("Osm", "osm"),
    ("mOsm", "mosm"),
    ("°C", "Cel"),
    ("degC", "Cel"),
    ("°F", "[degF]"),
    ("degF", "[degF]"),
    ("msec", "ms"),
    ("gram", "g"),
    ("grams", "g"),
    ("milligram", "mg"),
    ("milligrams", "mg"),
    ("microgram", "ug"),
    ("micrograms", "ug"),
    ("kilogram", "kg"),
    ("kilograms", "kg"),
    ("liter", "L"),
    ("litre", "L"),
    ("liters", "L"),
    ("litres", "L"),
    ("milliliter", "mL"),
    ("millilitre", "mL"),
    ("milliliters", "mL"),
    ("millilitres", "mL"),
    ("lb", "[lb_av]"),
    ("lbs", "[lb_av]"),
    ("pounds", "[lb_av]"),
    ("oz", "[oz_av]"),
    ("inch", "[in_i]"),
    ("inches", "[in_i]"),
    ("ft", "[ft_i]"),
    ("feet", "[ft_i]"),
    ("CFU", "[CFU]"),
    ("PFU", "[PFU]"),
    ("HPF", "[HPF]"),
    ("hpf", "[HPF]"),
    ("LPF", "[LPF]"),
    ("lpf", "[LPF]"),
];

/// Everyday spellings with spaces or digits inside, in any case, longest first where one starts
/// another. `²` has become `^2` before they are looked for.
pub(super) const PHRASES: &[(&str, &str)] = &[
    ("1.73 m^2", "{1.73_m2}"),
    ("1.73m^2", "{1.73_m2}"),
    ("1.73 m2", "{1.73_m2}"),
    ("1.73m2", "{1.73_m2}"),
    ("1.73_m2", "{1.73_m2}"),
    ("mm Hg", "mm[Hg]"),
    ("mmHg", "mm[Hg]"),
    ("cm H2O", "cm[H2O]"),
    ("cmH2O", "cm[H2O]"),
    ("cu mm", "mm3"),
    ("cumm", "mm3"),
];

/// Letters that count thousands, millions and so on, before a volume only (`K/uL`, `G/L`), with
/// the volumes they are written over, in lower case.
pub(super) const MULTIPLIERS: &[(&str, &str, &[&str])] = &[
    ("K", "10*3", &["ul", "mcl", "mm3", "mm^3", "cumm", "cu mm"]),
    ("k", "10*3", &["ul", "mcl", "mm3", "mm^3", "cumm", "cu mm"]),
    ("M", "10*6", &["ul", "mcl", "mm3", "mm^3", "cumm", "cu mm"]),
    ("G", "10*9", &["l"]),
    ("T", "10*12", &["l"]),
];

/// Annotations that change the quantity, so that they make a base of their own wherever they
/// stand, with the spelling the base goes by.
pub(super) const COUNTING_ANNOTATIONS: &[(&str, &str)] = &[
    ("{1.73_m2}", "{1.73_m2}"),
    ("{1.73m2}", "{1.73_m2}"),
    ("{1.73_m^2}", "{1.73_m2}"),
    ("{copies}", "{copies}"),
    ("{copy}", "{copies}"),
    ("{cop}", "{copies}"),
    ("{genomes}", "{genomes}"),
    ("{genome}", "{genomes}"),
];

/// Annotations that say which quantity the whole unit is of, so that it makes no difference where they stand:
/// `ug{FEU}/L` and `ug/L{FEU}`. Each is a base of its own.
pub(super) const WHOLE_ANNOTATIONS: &[&str] = &["{FEU}", "{DDU}"];

/// Annotations that only say what is counted, so that they change nothing when they stand alone.
/// Behind a unit (`g{creat}`) every annotation that is not counting is of this kind.
pub(super) const PLAIN_ANNOTATIONS: &[&str] = &[
    "{cells}",
    "{cell}",
    "{count}",
    "{#}",
    "{INR}",
    "{ratio}",
    "{score}",
    "{index}",
    "{titer}",
    "{titre}",
    "{fraction}",
    "{percentile}",
    "{beats}",
    "{beat}",
    "{breaths}",
    "{breath}",
    "{RBC}",
    "{RBCs}",
    "{WBC}",
    "{WBCs}",
    "{platelets}",
    "{neutrophils}",
    "{lymphocytes}",
    "{events}",
    "{episodes}",
    "{doses}",
    "{dose}",
    "{tablets}",
];

/// Spellings that are known slips, with what was meant.
pub(super) const SLIPS: &[(&str, &str)] = &[
    ("gm", "g"),
    ("gms", "g"),
    ("gr", "g"),
    ("G", "g"),
    ("mgs", "mg"),
    ("mgm", "mg"),
    ("kgs", "kg"),
    ("mcgs", "ug"),
    ("mls", "mL"),
    ("cmm", "mm3"),
    ("cmol", "mmol"),
    ("M", "mol/L"),
    ("mM", "mmol/L"),
    ("uM", "umol/L"),
    ("nM", "nmol/L"),
    ("pM", "pmol/L"),
    ("y", "a"),
    ("m2", "m2"),
    ("in", "[in_i]"),
    ("units", "U"),
    ("unit", "U"),
    ("K", "10*3"),
];

/// Prefixed units that a slip is compared with, beside all codes and words.
pub(super) const USUAL: &[&str] = &[
    "mg", "ug", "ng", "pg", "kg", "fg", "mL", "dL", "uL", "fL", "cL", "pL", "mmol", "umol", "nmol", "pmol", "fmol",
    "mm", "cm", "km", "um", "nm", "ms", "us", "kPa", "hPa", "mm[Hg]", "cm[H2O]", "kU", "mU", "uU", "nkat", "ukat",
    "meq", "ueq", "mosm", "kcal", "kJ", "mV", "uV", "m[IU]", "k[IU]", "u[IU]", "cGy", "mbar",
];

/// Units that are known and cannot be had, with the reason.
pub(super) const REFUSED: &[(&str, &str)] =
    &[("log", "a logarithm"), ("lg", "a logarithm"), ("[lg]", "a logarithm"), ("ln", "a logarithm")];

/// Whole units as people and laboratories write them, a group for each kind of quantity, the usual
/// ones first. The compiled tree lists those of a group that convert into a fact's unit.
pub(super) const SPELLINGS: &[&[&str]] = &[
    // Counts per volume.
    &[
        "10*9/L",
        "10^9/L",
        "x10^9/L",
        "x10*9/L",
        "×10^9/L",
        "×10⁹/L",
        "10⁹/L",
        "x10⁹/L",
        "G/L",
        "10*3/uL",
        "10^3/uL",
        "x10^3/uL",
        "×10³/µL",
        "10^3/mcL",
        "10^3/mm3",
        "x10^3/mm3",
        "K/uL",
        "k/uL",
        "K/µL",
        "K/mcL",
        "K/mm3",
        "/uL",
        "{cells}/uL",
        "cells/uL",
        "cells/µL",
        "cells/mcL",
        "/µL",
        "/mcL",
        "/mm3",
        "cells/mm3",
        "cells/mm^3",
        "10*6/L",
        "10^6/L",
        "/mL",
        "cells/mL",
        "10*12/L",
        "10^12/L",
        "10*6/uL",
        "M/uL",
        "/L",
    ],
    // Mass concentrations.
    &[
        "mg/dL", "mg/dl", "g/dL", "g/dl", "g/L", "g/l", "mg/L", "mg/l", "mg/mL", "ug/mL", "mcg/mL", "µg/mL", "μg/mL",
        "ug/L", "mcg/L", "µg/L", "μg/L", "ug/dL", "mcg/dL", "µg/dL", "ng/mL", "ng/dL", "ng/L", "pg/mL", "mg/100mL",
        "g/100mL",
    ],
    &["ug/mL{FEU}", "mg/L{FEU}", "ng/mL{FEU}", "ug/L{FEU}", "ug{FEU}/mL", "mg{FEU}/L", "ng{FEU}/mL", "ug{FEU}/L"],
    // Amount concentrations.
    &[
        "umol/L", "umol/l", "µmol/L", "µmol/l", "μmol/L", "μmol/l", "mcmol/L", "mmol/L", "mmol/l", "nmol/L", "nmol/l",
        "pmol/L", "mol/L", "nmol/mL", "umol/mL", "umol/dL", "pmol/mL",
    ],
    // Catalytic concentrations, and amounts per time.
    &["U/L", "U/l", "U/mL", "U/dL", "mU/mL", "mU/L", "kU/L", "uU/mL", "ukat/L", "µkat/L", "μkat/L", "nkat/L", "kat/L"],
    &["U", "kU", "mU", "umol/min", "kat", "ukat", "nkat", "mmol/d", "mmol/24h", "umol/d"],
    // International units.
    &[
        "[IU]/L", "[iU]/L", "IU/L", "IU/l", "[IU]/mL", "[iU]/mL", "IU/mL", "IU/ml", "IU/dL", "m[IU]/mL", "m[iU]/mL",
        "mIU/mL", "m[IU]/L", "m[iU]/L", "mIU/L", "u[IU]/mL", "uIU/mL", "µIU/mL", "μIU/mL", "k[IU]/L", "kIU/L",
        "k[IU]/mL", "kIU/mL",
    ],
    &["[IU]", "[iU]", "IU", "k[IU]", "kIU", "m[IU]", "mIU"],
    // Copies and colonies.
    &[
        "{copies}/mL",
        "copies/mL",
        "{copies}/ml",
        "copies/ml",
        "{copies}/L",
        "copies/L",
        "{copies}/uL",
        "copies/uL",
        "copies/µL",
        "10*3{copies}/mL",
        "10*6{copies}/mL",
        "10^3 copies/mL",
        "10^6 copies/mL",
    ],
    &["[CFU]/mL", "CFU/mL", "[CFU]/L", "CFU/L"],
    // Flows.
    &[
        "mL/min/{1.73_m2}",
        "mL/min/1.73m2",
        "mL/min/1.73 m2",
        "mL/min/1.73_m2",
        "mL/min/1.73m^2",
        "mL/min/1.73 m^2",
        "mL/min/1.73m²",
        "mL/min/1.73 m²",
        "ml/min/1.73m2",
        "ml/min/1.73 m2",
        "ml/min/1.73m²",
        "ml/min/1.73 m²",
        "mL/s/{1.73_m2}",
    ],
    &["mL/min", "ml/min", "cc/min", "mL/s", "mL/h", "L/min", "L/h", "mL/d", "mL/24h", "L/d", "L/24h"],
    // Plain numbers, proportions and ratios of masses.
    &["1", "{INR}", "{ratio}", "{score}", "{index}", "{titer}", "{fraction}", "%", "percent"],
    &["%", "percent", "{fraction}", "{ratio}", "1"],
    &["mg/g", "mg/g{creat}", "mg/mg", "g/g", "ug/mg", "ug/mg{creat}", "ug/g"],
    &["mmol/mol", "umol/mmol", "mmol/mmol", "mol/mol", "umol/mol"],
    &["mg/mmol", "g/mmol", "g/mol", "ug/mmol", "mg/mmol{creat}"],
    &["L/L", "mL/L", "mL/dL"],
    &["mg/kg", "ug/kg", "mcg/kg", "µg/kg", "g/kg"],
    // Doses.
    &[
        "mg/d", "mg/day", "mg/24h", "g/d", "g/day", "g/24h", "ug/d", "ug/day", "mcg/d", "mcg/day", "µg/d", "µg/day",
        "mg/wk", "mg/week", "mg/h", "ug/h", "mcg/h", "ug/min", "mcg/min",
    ],
    &["mg/kg/d", "mg/kg/day", "ug/kg/d", "mcg/kg/d", "mcg/kg/day", "g/kg/d", "mg/kg/h", "ug/kg/min", "mcg/kg/min"],
    &["mg/m2", "mg/m^2", "mg/m²", "g/m2", "g/m^2", "g/m²", "kg/m2", "kg/m^2", "kg/m²", "ug/m2"],
    &["mg/m2/d", "mg/m^2/day", "mg/m²/day", "g/m2/d", "mg/m2/wk"],
    // Body measures.
    &["kg", "g", "mg", "ug", "mcg", "µg", "ng", "lb", "lbs", "[lb_av]", "oz", "[oz_av]"],
    &["cm", "m", "mm", "um", "inches", "inch", "[in_i]", "ft", "[ft_i]"],
    &["m2", "m^2", "m²", "cm2", "cm^2", "cm²", "mm2", "mm^2", "mm²"],
    &["mL", "ml", "L", "l", "dL", "uL", "µL", "mcL", "fL", "cc", "cm3", "mm3"],
    // Times.
    &[
        "s", "sec", "seconds", "ms", "msec", "us", "min", "minutes", "h", "hr", "hours", "hour", "d", "days", "day",
        "wk", "weeks", "week", "mo", "months", "month", "a", "yr", "years", "year",
    ],
    &["/min", "{beats}/min", "beats/min", "bpm", "{breaths}/min", "breaths/min", "/s", "Hz", "/h", "/d"],
    &["mm/h", "mm/hr", "mm/hour", "m/s", "cm/s"],
    // Pressures.
    &["mm[Hg]", "mmHg", "mm Hg", "kPa", "hPa", "Pa", "cm[H2O]", "cmH2O", "cm H2O", "mbar", "bar", "atm"],
    // Others.
    &["meq/L", "mEq/L", "ueq/L", "eq/L"],
    &["mosm/kg", "mOsm/kg", "osm/kg"],
    &["mosm/L", "mOsm/L", "osm/L"],
    &["Cel", "°C", "degC"],
    &["[degF]", "°F", "degF"],
    &["mV", "uV", "µV", "V"],
    &["Gy", "cGy", "mGy"],
    &["/[HPF]", "{cells}/[HPF]", "{#}/[HPF]", "/HPF", "cells/HPF"],
    &["[arb'U]/mL", "[arb'U]/L"],
];
