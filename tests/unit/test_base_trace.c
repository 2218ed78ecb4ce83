/* SPDX-License-Identifier: MIT
 *
 * unit/test_base_trace.c: trace lines. The file is opened once in a process, so each test
 * traces in a child of its own.
 */
#include "harness/test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/trace.h"

static char dir[64];
static char path[128];

static int make_directory(void **state)
{
    (void)state;
    snprintf(dir, sizeof(dir), "%s", "/tmp/rpcsec-test-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof(path), "%s/trace", dir);
    return 0;
}

static int remove_directory(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(dir);
}

/* Runs `body` in a child with RPCSEC_TRACE set (NULL: unset), and gives its exit status. */
static int in_child(const char *target, int (*body)(void))
{
    int status = 0;
    pid_t pid;

    fflush(NULL); /* else the child prints it once more */
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (target)
            setenv("RPCSEC_TRACE", target, 1);
        else
            unsetenv("RPCSEC_TRACE");
        exit(body());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* The trace file's text. */
static char *read_trace(void)
{
    static char text[200000];
    FILE *file = fopen(path, "r");
    size_t len;

    assert_non_null(file);
    len = fread(text, 1, sizeof(text) - 1, file);
    text[len] = '\0';
    fclose(file);
    return text;
}

static int evaluations;

static int costly(void)
{
    return ++evaluations;
}

static int trace_one(void)
{
    TRACE("assoc", "bind", "call_id=%d level=%s", 7, "privacy");
    return trace_on() ? 0 : 1;
}

static int trace_with_effect(void)
{
    TRACE("assoc", "bind", "n=%d", costly());
    trace_event("assoc", "bind", "n=%d", 1);
    return trace_on() || evaluations != 0;
}

static void off_without_the_variable_and_arguments_are_not_evaluated(void **state)
{
    (void)state;
    assert_int_equal(in_child(NULL, trace_with_effect), 0);
    assert_int_equal(in_child("", trace_with_effect), 0);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void off_when_the_file_cannot_be_opened(void **state)
{
    (void)state;
    assert_int_equal(in_child("/nonexistent/trace", trace_with_effect), 0);
    assert_int_equal(in_child("999999", trace_with_effect), 0);
}

static void line_is_time_layer_event_and_details(void **state)
{
    time_t before = time(NULL);
    struct timespec after = {0};
    struct tm tm = {0};
    int micros = -1, end = 0;
    char *rest;

    (void)state;
    assert_int_equal(in_child(path, trace_one), 0);
    rest = strptime(read_trace(), "%Y-%m-%dT%H:%M:%S", &tm);
    assert_non_null(rest);
    clock_gettime(CLOCK_REALTIME, &after); /* time() may lag behind it by a tick */
    assert_in_range(timegm(&tm), before, after.tv_sec);
    assert_int_equal(sscanf(rest, ".%6dZ %n", &micros, &end), 1);
    assert_in_range(micros, 0, 999999);
    assert_string_equal(rest + end, "assoc bind call_id=7 level=privacy\n");
}

static void file_is_for_its_owner_and_is_appended_to(void **state)
{
    struct stat info;
    const char *second;

    (void)state;
    assert_int_equal(in_child(path, trace_one), 0);
    assert_int_equal(in_child(path, trace_one), 0);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    second = strchr(read_trace(), '\n');
    assert_non_null(second);
    assert_non_null(strstr(second, "assoc bind"));
}

static void number_names_an_open_descriptor(void **state)
{
    char number[16];
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    (void)state;
    assert_true(fd >= 0);
    snprintf(number, sizeof(number), "%d", fd);
    assert_int_equal(in_child(number, trace_one), 0);
    close(fd);
    assert_non_null(strstr(read_trace(), "assoc bind"));
}

static int trace_hostile(void)
{
    trace_event("runtime", "peer", "name=%s", "a\nb\x1b[2J\r\x7f");
    trace_event("runtime", "empty", "%s", "");
    return 0;
}

static void peer_text_cannot_make_lines_or_drive_a_terminal(void **state)
{
    const char *text;

    (void)state;
    assert_int_equal(in_child(path, trace_hostile), 0);
    text = read_trace();
    assert_non_null(strstr(text, " runtime peer name=a?b?[2J??\n"));
    assert_non_null(strstr(text, " runtime empty\n"));
    assert_null(strchr(text, '\x1b'));
}

static int trace_long(void)
{
    char text[3000];

    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    trace_event("runtime", "long", "%s", text);
    return 0;
}

static void long_line_is_cut_and_still_ends(void **state)
{
    const char *text;

    (void)state;
    assert_int_equal(in_child(path, trace_long), 0);
    text = read_trace();
    assert_in_range(strlen(text), LIMIT_TRACE_LEN / 2, LIMIT_TRACE_LEN);
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static int trace_keeping_errno(void)
{
    errno = EXDEV;
    trace_event("runtime", "first", "%d", 1);
    if (errno != EXDEV)
        return 1;
    trace_event("runtime", "second", "%d", 2);
    return errno != EXDEV;
}

static void errno_is_kept(void **state)
{
    int full;

    (void)state;
    assert_int_equal(in_child(path, trace_keeping_errno), 0);
    assert_int_equal(in_child("/nonexistent/trace", trace_keeping_errno), 0);
    full = access("/dev/full", W_OK);
    if (full == 0)
        assert_int_equal(in_child("/dev/full", trace_keeping_errno), 0);
}

#define NUM_THREADS 4
#define NUM_EVENTS  100

static void *trace_many(void *arg)
{
    for (int i = 0; i < NUM_EVENTS; i++)
        TRACE("loop", "event", "thread=%d padding=%0100d", (int)(intptr_t)arg, i);
    return NULL;
}

static int trace_from_threads(void)
{
    pthread_t threads[NUM_THREADS];

    for (intptr_t i = 0; i < NUM_THREADS; i++) {
        if (pthread_create(&threads[i], NULL, trace_many, (void *)i) != 0)
            return 1;
    }
    for (int i = 0; i < NUM_THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

static void lines_of_several_threads_do_not_mix(void **state)
{
    unsigned num = 0;
    char *line, *rest = NULL;

    (void)state;
    assert_int_equal(in_child(path, trace_from_threads), 0);
    for (line = strtok_r(read_trace(), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        int end = 0;

        (void)sscanf(line, "%*s loop event thread=%*d padding=%*d%n", &end);
        assert_int_equal(end, strlen(line));
        num++;
    }
    assert_int_equal(num, NUM_THREADS * NUM_EVENTS);
}

#define trace_test(name) cmocka_unit_test_setup_teardown(name, make_directory, remove_directory)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        trace_test(off_without_the_variable_and_arguments_are_not_evaluated),
        trace_test(off_when_the_file_cannot_be_opened),
        trace_test(line_is_time_layer_event_and_details),
        trace_test(file_is_for_its_owner_and_is_appended_to),
        trace_test(number_names_an_open_descriptor),
        trace_test(peer_text_cannot_make_lines_or_drive_a_terminal),
        trace_test(long_line_is_cut_and_still_ends),
        trace_test(errno_is_kept),
        trace_test(lines_of_several_threads_do_not_mix),
    };

    return cmocka_run_group_tests_name("base/trace", tests, NULL, NULL);
}
