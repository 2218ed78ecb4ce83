# SPDX-License-Identifier: MIT
# Manual pages for each SSPI call, made of the comments of rpcsec/sspi.h, so that each fact is said
# once. The statuses get the sentences of RETURN VALUES in rpcsec_sspi(3).
#
#     awk -f sspi_pages.awk -v out=FOLDER rpcsec_sspi.3 sspi.h    writes the pages and their links
#     awk -f sspi_pages.awk -v list=1 rpcsec_sspi.3 sspi.h        names them
#
# A page is that of the name without A or W, which are links to it, as is rpcsec_sspi_NAME. A
# comment without effect or errors is an error.

function complain(text) {
    print "sspi_pages: " text > "/dev/stderr"
    bad = 1
}

# The part of a comment behind **NAME**, up to the next such mark.
function part(text, name,    at) {
    at = index(text, "**" name "**")
    if (!at)
        return ""
    text = substr(text, at + length(name) + 4)
    sub(/^: */, "", text)
    sub(/ *\*\*.*/, "", text)
    return text
}

function effect(text) {
    sub(/ *\*\*.*/, "", text)
    return text
}

# Text as lines of mdoc: a line per sentence.
function prose(text) {
    sub(/^ +/, "", text)
    if (text !~ /^rpcsec_/)
    text = toupper(substr(text, 1, 1)) substr(text, 2)
    gsub(/\\/, "\\e", text)
    gsub(/\. /, ".\n", text)
    return text
}

function base_of(name) {
    if (name ~ /[a-z](Ex)?[AW]$/)
        return substr(name, 1, length(name) - 1)
    return name
}

# A prototype, its parameters split at the commas.
function synopsis(type, name, parameters,    n, i, each, text) {
    text = ".Ft " (type ~ / / ? "\"" type "\"" : type) "\n.Fo " name "\n"
    n = split(parameters, each, /, */)
    for (i = 1; i <= n; i++)
        text = text ".Fa \"" each[i] "\"\n"
    return text ".Fc\n"
}

# The statuses that a text names, in its order, and what each means.
function statuses(text,    done, list, code) {
    list = ""
    while (match(text, /SEC_[EI]_[A-Z_]+/)) {
        code = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (code in done)
            continue
        done[code] = 1
        if (!(code in meaning))
            complain("rpcsec_sspi.3 says nothing of " code)
        list = list ".It Dv " code "\n" meaning[code] "\n"
    }
    return list
}

function declare(text,    head, name, type, parameters) {
    sub(/^ *RPCSEC_API */, "", text)
    head = substr(text, 1, index(text, "(") - 1)
    parameters = substr(text, index(text, "(") + 1)
    sub(/\) *;.*/, "", parameters)
    name = head
    sub(/ *$/, "", name)
    sub(/.*[ *]/, "", name)
    type = substr(head, 1, length(head) - length(name))
    sub(/SEC_ENTRY */, "", type)
    sub(/ *$/, "", type)
    if (!(base_of(name) in comment)) {
        order[++num] = base_of(name)
        comment[base_of(name)] = said
        common[base_of(name)] = for_all
    }
    if (name != base_of(name))
        links[base_of(name)] = links[base_of(name)] " " name
    pages[base_of(name)] = pages[base_of(name)] synopsis(type, name, parameters)
}

function link(from, to,    file) {
    file = from ".3"
    if (list)
        print file
    else {
        print ".so man3/" to ".3" > (out "/" file)
        close(out "/" file)
    }
}

function page(name,    text, all, errors, ownership, source, file) {
    text = comment[name]
    all = common[name]
    errors = part(all, "Errors") " " part(text, "Errors")
    sub(/\. also /, ". Also ", errors)
    ownership = part(text, "Ownership")
    source = part(text, "Source")
    if (index(text, "**Errors**") + index(all, "**Errors**") == 0)
        complain(name ": the comment names no errors")
    if (effect(text) !~ /[a-z]/)
        complain(name ": the comment tells no effect")
    if (ownership == "")
        ownership = "Nothing is given that has to be freed. What is passed stays the caller's."
    if (source == "")
        source = name ~ /^rpcsec_/ ? "An addition to SSPI." : "MicrosoftDocs/sdk-api sspi.h, " name "."
    file = out "/" name ".3"
    print ".\\\" SPDX-License-Identifier: MIT" > file
    print ".Dd " date > file
    print ".Dt " toupper(name) " 3\n.Os\n.Sh NAME\n.Nm " name > file
    print ".Nd a call of the Security Support Provider Interface" > file
    print ".Sh LIBRARY\nlibrpcsec, found by\n.Ql pkg-config --cflags --libs rpcsec" > file
    printf ".Sh SYNOPSIS\n.In rpcsec/sspi.h\n%s", pages[name] > file
    print ".Sh DESCRIPTION\n" prose(effect(text)) > file
    if (all != "")
        print ".Pp\n" prose(effect(all)) > file
    print ".Ss Ownership\n" prose(ownership) > file
    print ".Ss Threads\n" prose(threads) > file
    print ".Sh RETURN VALUES\n" prose(errors) > file
    if (pages[name] ~ /SECURITY_STATUS/)
        errors = "SEC_E_OK " errors " SEC_E_INVALID_HANDLE SEC_E_INVALID_PARAMETER SEC_E_INSUFFICIENT_MEMORY"
    if (statuses(errors) != "")
        printf ".Bl -tag -width Ds\n%s.El\n", statuses(errors) > file
    print ".Fn rpcsec_sspi_last_error\ntells the cause of a failure." > file
    print ".Sh SEE ALSO\n.Xr rpcsec_sspi 3 ,\n.Xr rpcsec_sspi_codes 3" > file
    print ".Sh STANDARDS\n" prose(source) > file
    close(file)
}

# ---- The first file: what the statuses mean ----

FNR == 1 { files++ }
files == 1 && /^\.Dd / { date = substr($0, 5) }
files == 1 && /^\.Sh / { returns = /RETURN VALUES/ }
files == 1 && returns && /^\.(It|El)/ { code = $3; next }
files == 1 && returns && code != "" { sentence = meaning[code]; meaning[code] = sentence (sentence == "" ? "" : "\n") $0 }
files == 1 { next }

# ---- The second: comments and declarations ----

/^\/\* ---- / { for_all = ""; said = ""; next }
/^\/\*/ { inside = 1; text = ""; }
inside {
    line = $0
    last = sub(/ *\*\/ *$/, "", line)
    sub(/^ ?\/?\*+ ?/, "", line)
    text = text (text == "" ? "" : " ") line
    if (!last)
        next
    inside = 0
    if (match(text, /\*\*Threads\*\*/) && threads == "")
        threads = part(text, "Threads")
    else if (text ~ /^Said once/) {
        for_all = text
        sub(/^Said once[^:]*: a/, "A", for_all)
    } else
        said = text
    next
}
/^RPCSEC_API/ { declaring = 1; text = "" }
declaring {
    line = $0
    sub(/^ +/, "", line)
    text = text (text == "" || text ~ /\($/ ? "" : " ") line
    if (line ~ /; *$/) {
        declaring = 0
        declare(text)
    }
}

END {
    if (num == 0)
        complain("no call was found")
    for (i = 1; i <= num; i++) {
        name = order[i]
        if (list)
            print name ".3"
        else
            page(name)
        n = split(links[name], each, " ")
        for (j = 1; j <= n; j++)
            link(each[j], name)
        if (name !~ /^rpcsec_/)
            link("rpcsec_sspi_" name, name)
    }
    exit bad
}
