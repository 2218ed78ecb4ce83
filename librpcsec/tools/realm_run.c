/* SPDX-License-Identifier: MIT
 *
 * tools/realm_run.c: the processes of `rpcsec realm` (see realm.h). Layer: tools.
 *
 * Whoever dies, nothing stays: the keeper sees the front's death as the end of a pipe, the KDC
 * and the command are told of the keeper's by the kernel, and the keeper adopts and ends what
 * the command left behind.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "realm.h"

#define LEFTOVER_TRIES 100 /* times 10 ms between SIGTERM and SIGKILL */

struct keeper {
    struct realm *realm;
    pid_t command; /* 0 once it ended */
    int status;    /* of the command, as an exit code */
    int life;      /* read end: signals to forward; its end means that the front died */
    int signals;   /* signalfd */
    bool alone;    /* the front died */
};

static const int forwarded[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
#define NUM_FORWARDED (sizeof(forwarded) / sizeof(forwarded[0]))

static void our_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGCHLD);
    for (size_t n = 0; n < NUM_FORWARDED; n++)
        sigaddset(set, forwarded[n]);
}

static int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- The command ---- */

/* Waits for the go and becomes the command. No go: the realm did not come up. */
static void be_command(const struct realm *realm, char **command, int go, pid_t keeper,
                       const sigset_t *mask)
{
    char byte;

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    sigprocmask(SIG_SETMASK, mask, NULL);
    if (getppid() != keeper || read(go, &byte, 1) != 1)
        _exit(TOOL_FAILED);
    execvp(command[0], command);
    _exit(tool_fail(realm->tool, errno == ENOENT ? 127 : 126, "cannot run %s: %s", command[0],
                    strerror(errno)));
}

/* ---- The keeper ---- */

static void reap(struct keeper *keeper)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == keeper->command) {
            keeper->command = 0;
            keeper->status = exit_code(status);
        } else if (pid == keeper->realm->kdc) {
            keeper->realm->kdc = 0;
            fprintf(stderr, "rpcsec realm: krb5kdc ended before its realm\n");
        }
    }
}

static void take_signal(struct keeper *keeper)
{
    struct signalfd_siginfo info;

    if (read(keeper->signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
        return;
    if (info.ssi_signo == SIGCHLD)
        reap(keeper);
    else if (keeper->command)
        kill(keeper->command, (int)info.ssi_signo);
}

static void take_forwarded(struct keeper *keeper)
{
    unsigned char number;
    ssize_t len = read(keeper->life, &number, 1);

    if (len == 1 && keeper->command)
        kill(keeper->command, number);
    else if (len == 0)
        keeper->alone = true;
}

static void watch(struct keeper *keeper)
{
    struct pollfd fds[2] = {{.fd = keeper->life, .events = POLLIN},
                            {.fd = keeper->signals, .events = POLLIN}};

    while (keeper->command && !keeper->alone) {
        if (poll(fds, 2, -1) < 0)
            continue;
        if (fds[1].revents)
            take_signal(keeper);
        if (fds[0].revents)
            take_forwarded(keeper);
    }
}

static pid_t parent_of(const char *pid)
{
    char path[64], text[512], *end;
    ssize_t len;
    int fd, parent = 0;

    snprintf(path, sizeof(path), "/proc/%.16s/stat", pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    len = read(fd, text, sizeof(text) - 1);
    close(fd);
    text[len > 0 ? len : 0] = '\0';
    end = strrchr(text, ')'); /* the name before it may hold anything */
    if (!end || sscanf(end + 1, " %*c %d", &parent) != 1)
        return 0;
    return (pid_t)parent;
}

/* Sends a signal to each child of this process, adopted ones too; gives their number. */
static size_t signal_children(pid_t except, int number)
{
    DIR *proc = opendir("/proc");
    struct dirent *entry;
    size_t num = 0;

    while (proc && (entry = readdir(proc))) {
        pid_t pid = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0;

        if (pid > 0 && pid != except && parent_of(entry->d_name) == getpid()) {
            kill(pid, number);
            num++;
        }
    }
    if (proc)
        closedir(proc);
    return num;
}

/* What the command left running ends with its realm; the KDC last. */
static void end_children(pid_t kdc)
{
    struct timespec pause = {.tv_nsec = 10000000};
    int number = SIGTERM;

    for (int n = 0; signal_children(kdc, number) > 0; n++) {
        number = n < LEFTOVER_TRIES ? 0 : SIGKILL; /* 0: only ask whether any is left */
        nanosleep(&pause, NULL);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
    }
    if (kdc > 0)
        kill(kdc, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        ;
}

static int keep(struct keeper *keeper, int go)
{
    int code = realm_start(keeper->realm);

    if (code == TOOL_OK && write(go, "", 1) != 1)
        code = tool_fail(keeper->realm->tool, TOOL_FAILED, "the command cannot be started: %s",
                         strerror(errno));
    close(go);
    if (code == TOOL_OK) {
        watch(keeper);
        code = keeper->status;
    }
    end_children(keeper->realm->kdc);
    realm_dir_close(keeper->realm);
    return code;
}

/* Before anything of the realm runs: only its directory is there. */
static int give_up(struct realm *realm, const char *what)
{
    int error = errno;

    realm_dir_close(realm);
    return tool_fail(realm->tool, TOOL_FAILED, "%s: %s", what, strerror(error));
}

static int be_keeper(struct realm *realm, char **command, int life, const sigset_t *mask)
{
    struct keeper keeper = {.realm = realm, .life = life, .status = TOOL_FAILED};
    pid_t self = getpid();
    sigset_t signals;
    int go[2];

    our_signals(&signals);
    keeper.signals = signalfd(-1, &signals, SFD_CLOEXEC);
    if (keeper.signals < 0 || pipe2(go, O_CLOEXEC) != 0)
        return give_up(realm, "no file descriptors");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    keeper.command = fork();
    if (keeper.command < 0)
        return give_up(realm, "cannot fork");
    if (keeper.command == 0) {
        close(go[1]);
        be_command(realm, command, go[0], self, mask);
    }
    close(go[0]);
    /* Out of reach of a signal to the front's whole process group. */
    setsid();
    return keep(&keeper, go[1]);
}

/* ---- The front ---- */

/* A key press reaches the command by itself; what was sent to this process goes on to it. */
static void forward(const siginfo_t *info, int life)
{
    unsigned char number = (unsigned char)info->si_signo;

    if (info->si_code != SI_KERNEL && write(life, &number, 1) != 1)
        return;
}

static int be_front(struct realm *realm, pid_t keeper, int life, const sigset_t *signals)
{
    siginfo_t info;
    int status = 0;

    for (;;) {
        if (sigwaitinfo(signals, &info) < 0)
            continue;
        if (info.si_signo != SIGCHLD)
            forward(&info, life);
        else if (waitpid(keeper, &status, WNOHANG) == keeper)
            break;
    }
    if (!WIFSIGNALED(status))
        return WEXITSTATUS(status);
    end_children(0);
    realm_dir_close(realm);
    return tool_fail(realm->tool, TOOL_FAILED, "the realm's keeper was killed by signal %d",
                     WTERMSIG(status));
}

int realm_run_command(struct realm *realm, char **command)
{
    sigset_t signals, mask;
    int life[2];
    pid_t keeper;

    our_signals(&signals);
    sigprocmask(SIG_BLOCK, &signals, &mask);
    signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (pipe2(life, O_CLOEXEC) != 0)
        return give_up(realm, "no file descriptors");
    keeper = fork();
    if (keeper < 0)
        return give_up(realm, "cannot fork");
    if (keeper == 0) {
        close(life[1]);
        exit(be_keeper(realm, command, life[0], &mask));
    }
    close(life[0]);
    return be_front(realm, keeper, life[1], &signals);
}
