/* SPDX-License-Identifier: MIT
 *
 * compiler/main.c: the command line of rpcsec-idl. Layer: compiler.
 *
 * Exit status: 0 well, 1 errors in the input or the output, 2 wrong usage. Nothing is written
 * for a file that has errors.
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "base/alloc.h"
#include "compile.h"
#include "source.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

#define MAX_DIRS    64
#define MAX_DEFINES 256
#define MAX_MAPS    64

enum output {
    OUTPUT_HEADER = 1,
    OUTPUT_CLIENT = 2,
    OUTPUT_SERVER = 4,
};

struct command {
    const char *dirs[MAX_DIRS];
    size_t num_dirs;
    struct define defines[MAX_DEFINES];
    size_t num_defines;
    struct import_map maps[MAX_MAPS];
    size_t num_maps;
    const char *prefix;
    const char *out_dir;
    const char *acf;
    const char *dep_file;
    bool deps;
    bool dep_targets; /* -MP: a rule for each import */
    unsigned outputs; /* 0: all */
    enum compile_mode mode;
};

static const struct option long_options[] = {
    {"client", no_argument, NULL, 'c'},
    {"server", no_argument, NULL, 's'},
    {"header", no_argument, NULL, 'h'},
    {"prefix", required_argument, NULL, 'p'},
    {"output", required_argument, NULL, 'o'},
    {"include", required_argument, NULL, 'I'},
    {"define", required_argument, NULL, 'D'},
    {"undefine", required_argument, NULL, 'U'},
    {"acf", required_argument, NULL, 'a'},
    {"import-map", required_argument, NULL, 'm'},
    {"print", no_argument, NULL, 'P'},
    {"dump-types", no_argument, NULL, 't'},
    {"help", no_argument, NULL, 'H'},
    {"version", no_argument, NULL, 'V'},
    {0},
};

static void print_help(void)
{
    puts("usage: rpcsec-idl [-I DIR] [-D NAME[=VALUE]] [-U NAME] [-o DIR] [--acf FILE]\n"
         "                  [--client] [--server] [--header] [--prefix P]\n"
         "                  [--import-map FROM=TO] [-MD [-MP] [-MF FILE]] FILE...\n"
         "       rpcsec-idl --print|--dump-types FILE...\n"
         "Makes foo.h, foo_c.c (client stubs) and foo_s.c (server stubs) of foo.idl.\n"
         "\n"
         "  -I, --include DIR     look for imports in DIR too\n"
         "  -D, --define N[=V]    define a macro; V is 1 when left out\n"
         "  -U, --undefine N      forget a -D before it\n"
         "      --import-map F=T  import T where F is asked for and not found; a '%' in both\n"
         "                        stands for any text: ms-%=%\n"
         "      --acf FILE        read attributes from FILE; foo.acf beside foo.idl, if there\n"
         "                        is one, when left out\n"
         "  -o, --output DIR      write into DIR; the current directory when left out\n"
         "      --client          write the client stubs only\n"
         "      --server          write the server stubs only\n"
         "      --header          write the header only\n"
         "      --prefix P        put P before every generated name\n"
         "  -MD                   write the files that were read as a makefile rule\n"
         "  -MP                   and an empty rule for each import\n"
         "  -MF FILE              into FILE; foo.d when left out\n"
         "      --print           print FILE, laid out anew, to the standard output\n"
         "      --dump-types      print how FILE's types are sent to the standard output\n"
         "      --help            print this\n"
         "      --version         print the version\n"
         "\n"
         "Exit status: 0 well, 1 errors in the input, 2 wrong usage.");
}

static int usage(const char *what, const char *argument)
{
    if (what)
        fprintf(stderr, "rpcsec-idl: %s%s\n", what, argument);
    fprintf(stderr, "Try 'rpcsec-idl --help'.\n");
    return 2;
}

/* "NAME=VALUE" is cut at its '='. */
static bool add_define(struct command *cmd, char *text)
{
    char *equals = strchr(text, '=');

    if (cmd->num_defines == MAX_DEFINES || *text == '=' || !*text)
        return false;
    if (equals)
        *equals = 0;
    struct define *d = &cmd->defines[cmd->num_defines];
    *d = (struct define){.name = text, .value = equals ? equals + 1 : "1"};
    if (cmd->num_defines)
        d->next = &cmd->defines[cmd->num_defines - 1];
    cmd->num_defines++;
    return true;
}

static void drop_define(struct command *cmd, const char *name)
{
    size_t kept = 0;

    for (size_t i = 0; i < cmd->num_defines; i++)
        if (strcmp(cmd->defines[i].name, name) != 0) {
            cmd->defines[kept] = cmd->defines[i];
            cmd->defines[kept].next = kept ? &cmd->defines[kept - 1] : NULL;
            kept++;
        }
    cmd->num_defines = kept;
}

/* "FROM=TO", with a '%' in both or in none. */
static bool add_map(struct command *cmd, char *text)
{
    char *equals = strchr(text, '=');

    if (!equals || equals == text || !equals[1] || cmd->num_maps == MAX_MAPS)
        return false;
    *equals = 0;
    if (!strchr(text, '%') != !strchr(equals + 1, '%'))
        return false;
    cmd->maps[cmd->num_maps] = (struct import_map){.pattern = text, .replacement = equals + 1};
    if (cmd->num_maps)
        cmd->maps[cmd->num_maps - 1].next = &cmd->maps[cmd->num_maps];
    cmd->num_maps++;
    return true;
}

/* -MD, -MP and -MF as compilers spell them. False: neither. */
static bool take_dep_option(struct command *cmd, const char *argument)
{
    if ((argument[0] == 'D' || argument[0] == 'P') && !argument[1]) {
        cmd->deps = true;
        cmd->dep_targets = cmd->dep_targets || argument[0] == 'P';
        return true;
    }
    if (argument[0] != 'F')
        return false;
    cmd->dep_file = argument[1] ? argument + 1 : NULL;
    if (!cmd->dep_file)
        return false;
    cmd->deps = true;
    return true;
}

/* 0: go on. */
static int take_option(struct command *cmd, int option)
{
    switch (option) {
    case 'I':
        if (cmd->num_dirs == MAX_DIRS)
            return usage("too many -I", "");
        cmd->dirs[cmd->num_dirs++] = optarg;
        return 0;
    case 'D':
        return add_define(cmd, optarg) ? 0 : usage("bad -D ", optarg);
    case 'U':
        drop_define(cmd, optarg);
        return 0;
    case 'P':
    case 't':
        cmd->mode = option == 'P' ? COMPILE_PRINT : COMPILE_DUMP;
        return 0;
    case 'm':
        return add_map(cmd, optarg)
                   ? 0
                   : usage("--import-map is FROM=TO, with a '%' in both or in none", "");
    case 'a':
        cmd->acf = optarg;
        return 0;
    case 'M':
        return take_dep_option(cmd, optarg) ? 0 : usage("unknown option -M", optarg);
    case 'o':
        cmd->out_dir = optarg;
        return 0;
    case 'p':
        cmd->prefix = optarg;
        return 0;
    case 'c':
        cmd->outputs |= OUTPUT_CLIENT;
        return 0;
    case 's':
        cmd->outputs |= OUTPUT_SERVER;
        return 0;
    case 'h':
        cmd->outputs |= OUTPUT_HEADER;
        return 0;
    default:
        return usage(NULL, NULL);
    }
}

static bool write_file(const char *path, const char *data, size_t len)
{
    FILE *file = fopen(path, "wb");
    bool fine = file && fwrite(data, 1, len, file) == len;

    if (file && fclose(file) != 0)
        fine = false;
    if (!fine)
        fprintf(stderr, "rpcsec-idl: error: cannot write '%s': %s\n", path, strerror(errno));
    return fine;
}

static bool write_output(struct compiler *c, const struct command *cmd, const char *stem,
                         const char *tail, const struct text *text)
{
    const char *path = compiler_printf(c, "%s/%s%s", cmd->out_dir, stem, tail);

    return write_file(path, text->data, text->len);
}

static unsigned wanted(const struct command *cmd)
{
    return cmd->outputs ? cmd->outputs : OUTPUT_HEADER | OUTPUT_CLIENT | OUTPUT_SERVER;
}

/* "dir/foo.h " when it is written at all. */
static const char *dep_target(struct compiler *c, const struct command *cmd, unsigned output,
                              const char *stem, const char *tail)
{
    return wanted(cmd) & output ? compiler_printf(c, "%s/%s%s ", cmd->out_dir, stem, tail) : "";
}

/* `foo.h foo_c.c foo_s.c: foo.idl base.idl`; with -MP an empty rule for each import, so that
 * make goes on when one is gone. */
static bool write_deps(struct compiler *c, const struct command *cmd, const char *stem)
{
    struct text rule;
    const char *path =
        cmd->dep_file ? cmd->dep_file : compiler_printf(c, "%s/%s.d", cmd->out_dir, stem);

    text_init(&rule, c);
    text_printf(&rule, "%s%s%s", dep_target(c, cmd, OUTPUT_HEADER, stem, ".h"),
                dep_target(c, cmd, OUTPUT_CLIENT, stem, "_c.c"),
                dep_target(c, cmd, OUTPUT_SERVER, stem, "_s.c"));
    rule.data[rule.len - 1] = ':';
    for (const struct source *s = c->sources; s; s = s->next)
        text_printf(&rule, " \\\n  %s", s->path);
    text_put(&rule, "\n");
    for (const struct source *s = c->sources; s && cmd->dep_targets; s = s->next)
        if (s->depth)
            text_printf(&rule, "%s:\n", s->path);
    return write_file(path, rule.data, rule.len);
}

struct file_job {
    const struct command *cmd;
    struct compile_job job;
    bool written;
};

static void file_work(struct compiler *c, void *arg)
{
    struct file_job *f = (struct file_job *)arg;
    const struct command *cmd = f->cmd;
    unsigned outputs = wanted(cmd);

    compile_work(c, &f->job);
    if (c->num_errors)
        return;
    if (cmd->mode != COMPILE_STUBS) {
        f->written = fwrite(f->job.print.data, 1, f->job.print.len, stdout) == f->job.print.len;
        return;
    }
    const char *stem = compile_stem(c, f->job.path);
    f->written =
        (!(outputs & OUTPUT_HEADER) || write_output(c, cmd, stem, ".h", &f->job.header)) &&
        (!(outputs & OUTPUT_CLIENT) || write_output(c, cmd, stem, "_c.c", &f->job.client)) &&
        (!(outputs & OUTPUT_SERVER) || write_output(c, cmd, stem, "_s.c", &f->job.server)) &&
        (!cmd->deps || write_deps(c, cmd, stem));
}

static bool compile_file(const struct command *cmd, const char *path)
{
    struct file_job f = {.cmd = cmd,
                         .job = {.mode = cmd->mode, .path = path, .acf_path = cmd->acf}};
    struct compiler *c = mem_zalloc(sizeof(*c));

    if (!c) {
        fprintf(stderr, "rpcsec-idl: error: out of memory\n");
        return false;
    }
    c->messages = stderr;
    c->options = (struct compiler_options){
        .include_dirs = cmd->dirs,
        .num_include_dirs = cmd->num_dirs,
        .defines = cmd->num_defines ? &cmd->defines[cmd->num_defines - 1] : NULL,
        .import_maps = cmd->num_maps ? cmd->maps : NULL,
        .prefix = cmd->prefix,
    };
    bool fine = compiler_run(c, file_work, &f) && f.written;
    compiler_done(c);
    mem_free(c);
    return fine;
}

int main(int argc, char **argv)
{
    static struct command cmd = {.prefix = "", .out_dir = "."};
    int option;
    bool fine = true;

    while ((option = getopt_long(argc, argv, "I:D:U:M:o:", long_options, NULL)) != -1) {
        if (option == 'H') {
            print_help();
            return 0;
        }
        if (option == 'V') {
            puts("rpcsec-idl " PACKAGE_VERSION);
            return 0;
        }
        if (option == 'M' && strcmp(optarg, "F") == 0 && optind < argc) {
            cmd.dep_file = argv[optind++];
            cmd.deps = true;
            continue;
        }
        int status = take_option(&cmd, option);
        if (status)
            return status;
    }
    if (optind == argc)
        return usage("no input file", "");
    if ((cmd.dep_file || cmd.acf) && argc - optind > 1)
        return usage(cmd.acf ? "--acf" : "-MF", " works with one input file");
    for (int i = optind; i < argc; i++)
        fine = compile_file(&cmd, argv[i]) && fine;
    if (fflush(stdout) != 0) {
        fprintf(stderr, "rpcsec-idl: error: cannot write: %s\n", strerror(errno));
        fine = false;
    }
    return fine ? 0 : 1;
}
