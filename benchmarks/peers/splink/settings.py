"""The model that is put before Splink: levels, blocking rules, training rules."""

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on

def null(sql):
    return cll.CustomLevel(sql, "null").configure(is_null_level=True)


def level(sql, label, tf=None):
    made = cll.CustomLevel(sql, label)
    if tf:
        # Splink finds the frequency itself where the whole condition is an
        # equality; this one says more.
        made.configure(tf_adjustment_column=tf, disable_tf_exact_match_detection=True)
    return made


def comparison(name, *levels):
    return cl.CustomComparison(output_column_name=name, comparison_levels=[*levels, cll.ElseLevel()])


def name():
    alike = "jaro_winkler_similarity(name_f_l, name_f_r)"
    one_edit = f"{alike} >= 0.85 AND damerau_levenshtein(name_f_l, name_f_r) <= 1"
    return comparison(
        "name",
        null("name_l IS NULL OR name_r IS NULL"),
        cll.ExactMatchLevel("name").configure(tf_adjustment_column="name"),
        level("name_f_l = name_f_r AND (name_l = name_f_l OR name_r = name_f_r)", "marks lost", tf="name_f"),
        cll.ExactMatchLevel("name_f").configure(tf_adjustment_column="name_f"),
        level(f"given_l = given_r AND {one_edit}", "one edit, same given name"),
        level(one_edit, "one edit in the given name"),
        level("surname_l = surname_r AND given_l = given_r", "surname and given name"),
        level(f"{alike} >= 0.92", "alike"),
        cll.ExactMatchLevel("given").configure(tf_adjustment_column="given"),
        level(f"{alike} >= 0.8", "a little alike"),
    )


def dob():
    return comparison(
        "dob",
        null("dob_l IS NULL OR dob_r IS NULL"),
        level("birth_day_l = birth_day_r AND birth_day_l NOT LIKE '%0101'", "day"),
        level("birth_day_l = birth_day_r", "first of January"),
        level("birth_year_l = birth_year_r AND (birth_day_l IS NULL OR birth_day_r IS NULL)", "year, the rest unknown"),
        level("birth_year_l = birth_year_r AND birth_day_l[5:6] = birth_day_r[7:8] AND birth_day_l[7:8] = birth_day_r[5:6]", "day and month swapped"),
        level("damerau_levenshtein(birth_day_l, birth_day_r) <= 1", "one digit"),
        level("birth_year_l = birth_year_r AND (birth_day_l LIKE '%0101' OR birth_day_r LIKE '%0101')", "year, one is first of January"),
        level("birth_day_l[5:8] = birth_day_r[5:8]", "day and month"),
        cll.ExactMatchLevel("birth_year"),
    )


def number(column, equal, slip):
    """Numbers of one length: a slip is one wrong digit or two swapped. The
    chances among strangers are given: a random sample never meets them."""
    return comparison(
        column,
        null(f"{column}_l IS NULL OR {column}_r IS NULL"),
        cll.ExactMatchLevel(column).configure(u_probability=equal, fix_u_probability=True),
        level(f"hamming({column}_l, {column}_r) <= 2 AND damerau_levenshtein({column}_l, {column}_r) <= 1", "a slip")
        .configure(u_probability=slip, fix_u_probability=True),
    )


def address():
    """Units are compared by name: old and new editions share many."""
    return comparison(
        "address",
        null("pa_key_l IS NULL OR pa_key_r IS NULL"),
        cll.ExactMatchLevel("pa_key").configure(tf_adjustment_column="pa_key"),
        level("house_l = house_r AND (commune2_l = commune2_r OR commune3_l = commune3_r)", "house and a unit"),
        level("pa_key_l = ca_key_r OR ca_key_l = pa_key_r OR ca_key_l = ca_key_r", "the current address of one"),
        level("house_l = house_r AND province_l = province_r", "house and province"),
        level("commune3_l = commune3_r AND commune2_l = commune2_r", "commune"),
        level("commune3_l = commune2_r OR commune2_l = commune3_r", "commune, other edition"),
        level("commune2_l = commune2_r AND province_l = province_r", "district"),
        cll.ExactMatchLevel("province"),
    )


def parents():
    """Both parents in one comparison: siblings share both, so two comparisons
    would count that one fact twice."""
    same = lambda who: f"({who}_l = {who}_r)"
    near = lambda who: f"(jaro_winkler_similarity({who}_l, {who}_r) >= 0.92 OR {who}_given_l = {who}_given_r)"
    return comparison(
        "parents",
        null("(father_l IS NULL OR father_r IS NULL) AND (mother_l IS NULL OR mother_r IS NULL)"),
        level(f"{same('father')} AND {same('mother')}", "both"),
        level(f"({same('father')} AND {near('mother')}) OR ({near('father')} AND {same('mother')})", "one, and the other alike"),
        level(f"{near('father')} AND {near('mother')}", "both alike"),
        level(f"({same('father')} AND coalesce(mother_l, mother_r) IS NOT NULL AND (mother_l IS NULL OR mother_r IS NULL))"
              f" OR ({same('mother')} AND (father_l IS NULL OR father_r IS NULL))", "one, the other missing"),
        level(f"{same('father')} OR {same('mother')}", "one against the other"),
        level(f"{near('father')} OR {near('mother')}", "one alike"),
    )


def spouse():
    return comparison(
        "spouse",
        null("spouse_l IS NULL OR spouse_r IS NULL"),
        cll.ExactMatchLevel("spouse").configure(tf_adjustment_column="spouse"),
        level("jaro_winkler_similarity(spouse_l, spouse_r) >= 0.92", "alike"),
    )


def equality(column):
    return comparison(column, null(f"{column}_l IS NULL OR {column}_r IS NULL"), cll.ExactMatchLevel(column))


def comparisons(equal):
    """All comparisons; equal[column] is the chance that strangers share a number."""
    return [
        name(), dob(), equality("sex"),
        number("cccd", equal["cccd"], 3e-6), number("cmnd", equal["cmnd"], 1e-6), number("phone", equal["phone"], 3e-7),
        address(), parents(), spouse(), equality("household"),
    ]


BLOCKING = [
    block_on("cccd"),
    block_on("cmnd"),
    block_on("phone", "given"),
    block_on("name_f", "birth_day"),
    block_on("given", "birth_day", "province"),
    block_on("surname", "birth_day", "province"),
    block_on("name_f", "birth_year", "province"),
    block_on("father", "mother", "given"),
    block_on("mother", "birth_day"),
    block_on("father", "birth_day"),
    block_on("household", "birth_year"),
    block_on("pa_key", "birth_year"),
    block_on("commune3", "commune2", "birth_day"),
    block_on("name_f", "mother"),
    block_on("name_f", "spouse"),
    block_on("substr(cccd, 7, 6)", "birth_year"),
]

# Sessions of EM: what a rule blocks on is learnt in the others.
TRAINING = [
    block_on("name_f", "birth_day"),
    block_on("cccd"),
    block_on("name_f", "mother"),
    block_on("phone", "given"),
]

# Rules of which one can be sure, for the prior.
SURE = ["l.cccd = r.cccd AND l.given = r.given", "l.name_f = r.name_f AND l.birth_day = r.birth_day AND l.mother = r.mother"]


def settings(equal):
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons(equal),
        blocking_rules_to_generate_predictions=BLOCKING,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        em_convergence=0.001,
    )
