//! Whole units as they are usually written.

/// Prefixed units that a slip is compared with, in addition to all codes and words.
pub(in crate::units) const USUAL: &[&str] = &[
    "mg", "ug", "ng", "pg", "kg", "fg", "mL", "dL", "uL", "fL", "cL", "pL", "mmol", "umol", "nmol", "pmol", "fmol",
    "mm", "cm", "km", "um", "nm", "ms", "us", "kPa", "hPa", "mm[Hg]", "cm[H2O]", "kU", "mU", "uU", "nkat", "ukat",
    "meq", "ueq", "mosm", "kcal", "kJ", "mV", "uV", "m[IU]", "k[IU]", "u[IU]", "cGy", "mbar",
];

/// Whole units as people and laboratories write them, a group for each kind of quantity, the usual
/// ones first. The compiled tree lists those of a group that convert into a fact's unit.
pub(in crate::units) const SPELLINGS: &[&[&str]] = &[
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
