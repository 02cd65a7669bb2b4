-- The forms as an expert would prepare them for Splink, in DuckDB, which is
-- faster than Python row by row: Unicode composed, case and marks folded (with
-- d for the letter đ, which strip_accents leaves), dates of the usual shapes
-- read, IDs and phones down to their digits, addresses cut into named parts.
-- Legacy fonts and typing residue are not undone: no kept library does that.

CREATE MACRO folded(s) AS nullif(trim(regexp_replace(
    replace(lower(strip_accents(nfc_normalize(s))), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g')), '');

CREATE MACRO written(s) AS nullif(trim(regexp_replace(
    lower(nfc_normalize(s)), '[\s.]+', ' ', 'g')), '');

CREATE MACRO digits(s) AS regexp_replace(s, '[^0-9]', '', 'g');

-- The parts of an address without the words for their levels: of "P. Tam Bình"
-- there stays "tam binh".
CREATE MACRO address_parts(s) AS list_filter(
    list_transform(
        string_split(
            regexp_replace(
                regexp_replace(replace(lower(strip_accents(replace(nfc_normalize(s), ' - ', ','))), 'đ', 'd'), '[^a-z0-9,;]+', ' ', 'g'),
                '[,;] ?(thanh pho|tp)? ?(hcm|ho chi minh|sai gon) ?$', ',ho chi minh'),
            ','),
        lambda x: trim(regexp_replace(trim(x),
            '^(thanh pho|thi tran|thi xa|phuong|quan|huyen|tinh|xa|tp|tt|tx|p|q|h|x|t|so nha|so|duong|to dan pho|tdp|khu pho|kp|thon|xom|ap|to) ', ''))),
    lambda x: x <> '');

-- A date as yyyymmdd, a year alone as yyyy0000.
CREATE MACRO year_of(y) AS CASE
    WHEN length(y) = 2 THEN (CASE WHEN y::INT > 26 THEN 1900 ELSE 2000 END + y::INT) ELSE y::INT END;

CREATE MACRO ymd(y, m, d) AS CASE
    WHEN try_cast(y AS INT) IS NULL OR year_of(y) NOT BETWEEN 1890 AND 2026 THEN NULL
    WHEN coalesce(try_cast(m AS INT), 0) NOT BETWEEN 1 AND 12 OR coalesce(try_cast(d AS INT), 0) NOT BETWEEN 1 AND 31
        THEN printf('%04d0000', year_of(y))
    ELSE printf('%04d%02d%02d', year_of(y), m::INT, d::INT) END;

CREATE MACRO date_digits(s) AS CASE
    WHEN regexp_matches(s, '^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}')
        THEN ymd(regexp_extract(s, '^(\d{4})', 1), regexp_extract(s, '^\d{4}\D(\d{1,2})', 1), regexp_extract(s, '^\d{4}\D\d{1,2}\D(\d{1,2})', 1))
    WHEN regexp_matches(s, '^\d{1,2}\s*[-/. ]\s*\d{1,2}\s*[-/. ]\s*(\d{4}|\d{2})\b')
        THEN ymd(regexp_extract(s, '^\d{1,2}\D+\d{1,2}\D+(\d+)', 1), regexp_extract(s, '^\d{1,2}\D+(\d{1,2})', 1), regexp_extract(s, '^(\d{1,2})', 1))
    WHEN regexp_matches(s, '^\D*\d{1,2}\D+\d{1,2}\D+\d{4}$')
        THEN ymd(regexp_extract(s, '(\d{4})$', 1), regexp_extract(s, '^\D*\d{1,2}\D+(\d{1,2})', 1), regexp_extract(s, '^\D*(\d{1,2})', 1))
    WHEN regexp_matches(s, '^\d{8}$') THEN ymd(s[5:8], s[3:4], s[1:2])
    WHEN regexp_matches(s, '^\d{5}$') THEN strftime(DATE '1899-12-30' + s::INT, '%Y%m%d')
    WHEN regexp_matches(s, '(19|20)\d{2}') THEN ymd(regexp_extract(s, '((19|20)\d{2})', 1), NULL, NULL)
    END;

CREATE MACRO cccd_digits(s) AS CASE length(digits(s))
    WHEN 12 THEN digits(s) WHEN 11 THEN '0' || digits(s) WHEN 10 THEN '00' || digits(s) END;

CREATE MACRO cmnd_digits(s) AS CASE length(digits(s)) WHEN 9 THEN digits(s) WHEN 8 THEN '0' || digits(s) END;

CREATE MACRO phone_digits(s) AS CASE
    WHEN regexp_matches(digits(s), '^84\d{9}$') THEN '0' || digits(s)[3:]
    WHEN regexp_matches(digits(s), '^[1-9]\d{8}$') THEN '0' || digits(s)
    WHEN regexp_matches(digits(s), '^0\d{9}$') THEN digits(s) END;

-- Exact resends are dropped; a form_id used twice gets a number of its own.
CREATE TABLE people AS
WITH once AS (SELECT DISTINCT * FROM forms),
read AS (
    SELECT form_id,
        written(full_name) AS name, folded(full_name) AS name_f,
        date_digits(trim(birth_date)) AS dob,
        CASE lower(gender[1]) WHEN 'm' THEN 'm' WHEN '1' THEN 'm' WHEN 'f' THEN 'f' WHEN '2' THEN 'f' WHEN '0' THEN 'f'
            WHEN 'n' THEN CASE WHEN folded(gender) = 'nam' THEN 'm' ELSE 'f' END END AS sex,
        CASE WHEN cccd ILIKE '%e+%' OR length(replace(cccd, cccd[1], '')) = 0 THEN NULL ELSE cccd_digits(cccd) END AS cccd,
        CASE WHEN cmnd ILIKE '%e+%' OR length(replace(cmnd, cmnd[1], '')) = 0 THEN NULL ELSE cmnd_digits(cmnd) END AS cmnd,
        phone_digits(phone) AS phone,
        address_parts(permanent_address) AS pa, address_parts(current_address) AS ca,
        nullif(digits(household_no), '') AS household,
        folded(father_name) AS father, folded(mother_name) AS mother, folded(spouse_name) AS spouse
    FROM once)
SELECT row_number() OVER () AS unique_id, *,
    string_split(name_f, ' ')[1] AS surname, string_split(name_f, ' ')[-1] AS given,
    dob[1:4] AS birth_year, CASE WHEN dob NOT LIKE '%0000' THEN dob END AS birth_day,
    array_to_string(pa, ',') AS pa_key, array_to_string(ca, ',') AS ca_key, pa[-1] AS province, CASE WHEN len(pa) > 2 THEN pa[1] END AS house,
    CASE WHEN len(pa) > 2 THEN pa[-3] END AS commune3, CASE WHEN len(pa) > 1 THEN pa[-2] END AS commune2,
    string_split(mother, ' ')[-1] AS mother_given, string_split(father, ' ')[-1] AS father_given
FROM read WHERE name_f IS NOT NULL AND (dob IS NOT NULL OR cccd IS NOT NULL OR cmnd IS NOT NULL);
