/*
 * Preloaded into a process, sets its time of day: by the whole seconds that stand in a file, in binary, at the place that
 * belongs to the process. The file is mapped into memory, so that the clock can be set while the process runs. The steady
 * clock stays as it is, as it does where an operator sets the time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *seconds;

static int place(void) {
    static char line[65536];
    int file = open("/proc/self/cmdline", O_RDONLY);
    ssize_t length = file < 0 ? 0 : read(file, line, sizeof line - 1);
    if (file >= 0) close(file);
    for (ssize_t k = 0; k < length; k++) if (line[k] == 0) line[k] = ' ';
    if (strstr(line, "ServicesProcess")) return 0;
    if (strstr(line, "WorkerProcess")) return 1;
    if (strstr(line, "bin/postgres ")) return 2;
    return 3;
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("GLASSMAP_TEST_CLOCK");
    int file = name ? open(name, O_RDONLY) : -1;
    if (file < 0) return;
    void *all = mmap(NULL, 4 * sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (all != MAP_FAILED) seconds = (const volatile int64_t *) all + place();
}

static int64_t set_by(void) { return seconds ? *seconds : 0; }

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
    int result = real ? real(clock, time) : (int) syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += set_by();
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    (void) zone;
    if (time) {
        clock_gettime(CLOCK_REALTIME, &now);
        time->tv_sec = now.tv_sec;
        time->tv_usec = now.tv_nsec / 1000;
    }
    return 0;
}

time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
