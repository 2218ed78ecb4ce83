/* SPDX-License-Identifier: MIT
 *
 * fuzz/replay.c: runs a fuzz target over stored inputs, as an ordinary test.
 *
 * replay_WHAT [FILE|DIRECTORY]...; without arguments, the corpus of WHAT in the source tree.
 * Fails when there is no input: then it would prove nothing.
 */
#include "fuzz.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

static uint8_t *read_file(const char *path, size_t len)
{
    FILE *file = fopen(path, "rb");
    /* Exactly as long as the input, so that ASan sees a read beyond it. */
    uint8_t *data = malloc(len ? len : 1);

    if (!file || !data || fread(data, 1, len, file) != len) {
        fprintf(stderr, "%s: cannot read it\n", path);
        exit(1);
    }
    fclose(file);
    return data;
}

static size_t replay_file(const char *path, size_t len)
{
    uint8_t *data = read_file(path, len);

    /* The name stays on the terminal when the target crashes. */
    printf("%s\n", path);
    fflush(stdout);
    (void)LLVMFuzzerTestOneInput(data, len);
    free(data);
    return 1;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static size_t replay(const char *path);

static size_t replay_directory(const char *path)
{
    struct dirent **entries;
    int num = scandir(path, &entries, is_visible, alphasort);
    size_t replayed = 0;

    for (int i = 0; i < num; i++) {
        char name[4096];

        snprintf(name, sizeof(name), "%s/%s", path, entries[i]->d_name);
        replayed += replay(name);
        free(entries[i]);
    }
    if (num >= 0)
        free(entries);
    return replayed;
}

/* Gives the number of inputs. */
static size_t replay(const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        perror(path);
        exit(1);
    }
    if (S_ISDIR(info.st_mode))
        return replay_directory(path);
    return replay_file(path, (size_t)info.st_size);
}

/* The corpus by the program's name: ".../replay_cursor" replays "cursor". */
static size_t replay_own_corpus(const char *program)
{
    static const char prefix[] = "replay_";
    const char *srcdir = getenv("srcdir");
    const char *what = strrchr(program, '/');
    char path[4096];

    what = strstr(what ? what : program, prefix);
    if (!what) {
        fprintf(stderr, "usage: %s FILE|DIRECTORY...\n", program);
        exit(1);
    }
    snprintf(path, sizeof(path), "%s/tests/fuzz/corpus/%s", srcdir ? srcdir : "..",
             what + sizeof(prefix) - 1);
    return replay(path);
}

int main(int argc, char **argv)
{
    size_t replayed = argc < 2 ? replay_own_corpus(argv[0]) : 0;

    for (int i = 1; i < argc; i++)
        replayed += replay(argv[i]);
    printf("%zu inputs replayed\n", replayed);
    return replayed == 0;
}
