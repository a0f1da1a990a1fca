//! What is in braces in a unit.

/// Annotations that change the quantity, so that they make a base of their own wherever they
/// stand, with the spelling the base goes by.
pub(in crate::units) const COUNTING_ANNOTATIONS: &[(&str, &str)] = &[
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
pub(in crate::units) const WHOLE_ANNOTATIONS: &[&str] = &["{FEU}", "{DDU}"];

/// What logarithms are read of, and the annotation that LOINC's units have for each.
pub(in crate::units) const LOGARITHMS: &[(&str, &str)] =
    &[("{copies}", "{Log_copies}"), ("[IU]", "{Log_IU}"), ("{genomes}", "{Log_genomes}")];

/// How a decimal logarithm is written before its unit. Of these quantities `log` is never the natural one.
pub(in crate::units) const LOGARITHM_WORDS: &[&str] =
    &["log10", "Log10", "LOG10", "log₁₀", "Log₁₀", "log", "Log", "LOG", "lg"];

/// Annotations that only say what is counted, so that they change nothing when they are alone.
/// Behind a unit (`g{creat}`) every annotation that is not counting is of this kind.
pub(in crate::units) const PLAIN_ANNOTATIONS: &[&str] = &[
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
