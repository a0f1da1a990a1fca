//! Everyday words and spellings for units, known slips, and what cannot be had.

/// Everyday words and the UCUM they mean. Words of three small letters and more are read in
/// either case; the words for times are in [`crate::units::time::SPELLINGS`].
pub(in crate::units) const WORDS: &[(&str, &str)] = &[
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
pub(in crate::units) const PHRASES: &[(&str, &str)] = &[
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
pub(in crate::units) const MULTIPLIERS: &[(&str, &str, &[&str])] = &[
    ("K", "10*3", &["ul", "mcl", "mm3", "mm^3", "cumm", "cu mm"]),
    ("k", "10*3", &["ul", "mcl", "mm3", "mm^3", "cumm", "cu mm"]),
    ("M", "10*6", &["ul", "mcl", "mm3", "mm^3", "cumm", "cu mm"]),
    ("G", "10*9", &["l"]),
    ("T", "10*12", &["l"]),
];

/// Spellings that are known slips, with what was meant.
pub(in crate::units) const SLIPS: &[(&str, &str)] = &[
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

/// Units that are known and cannot be had, with the reason.
pub(in crate::units) const REFUSED: &[(&str, &str)] =
    &[("log", "a logarithm"), ("lg", "a logarithm"), ("[lg]", "a logarithm"), ("ln", "a logarithm")];

/// The powers that a number beginning with 10 may be without its superscript: 109 was 10^9. There is no 10^0 among them,
/// for 100 is a number of its own, and 10^1 is not written in practice.
pub const LOST_POWERS: [&str; 14] = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"];
