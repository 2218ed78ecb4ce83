/* SPDX-License-Identifier: MIT
 *
 * tests/sspi/handles.c: random calls on random handles from eight threads: good, stale, copied,
 * foreign and made-up ones. None may crash, leak or give anything but a known status.
 *
 *     handles OPERATIONS TARGET [PACKAGE]
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rpcsec/sspi.h>

enum { NUM_THREADS = 8, NUM_SHARED = 32 };

static SecHandle shared[NUM_SHARED];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long operations;
static const char *target;
static const char *package = "Kerberos";

static SecHandle pick(unsigned *seed)
{
    SecHandle handle;

    switch (rand_r(seed) % 16) {
    case 0:
        return (SecHandle){0, 0};
    case 1:
        return (SecHandle){(ULONG_PTR)-1, (ULONG_PTR)-1};
    case 2:
        return (SecHandle){(ULONG_PTR)rand_r(seed), (ULONG_PTR)rand_r(seed)};
    default:
        pthread_mutex_lock(&lock);
        handle = shared[rand_r(seed) % NUM_SHARED];
        pthread_mutex_unlock(&lock);
        return handle;
    }
}

static void end(SecHandle *handle)
{
    FreeCredentialsHandle(handle);
    DeleteSecurityContext(handle);
}

/* What it takes the place of is ended, as nobody could later; others may hold copies. */
static void put(unsigned *seed, SecHandle handle)
{
    SecHandle *place = &shared[rand_r(seed) % NUM_SHARED];
    SecHandle before;

    pthread_mutex_lock(&lock);
    before = *place;
    *place = handle;
    pthread_mutex_unlock(&lock);
    if (before.dwLower != handle.dwLower || before.dwUpper != handle.dwUpper)
        end(&before);
}

static SECURITY_STATUS acquire(unsigned *seed)
{
    SecHandle handle;
    SECURITY_STATUS code = AcquireCredentialsHandleA(NULL, package, 1 + (ULONG)rand_r(seed) % 3,
                                                     NULL, NULL, NULL, NULL, &handle, NULL);

    if (code == SEC_E_OK)
        put(seed, handle);
    return code;
}

static SECURITY_STATUS initialise(unsigned *seed)
{
    uint8_t bytes[8192];
    SecBuffer buffer = {sizeof(bytes), SECBUFFER_TOKEN, bytes};
    SecBufferDesc desc = {SECBUFFER_VERSION, 1, &buffer};
    SecHandle cred = pick(seed), context = pick(seed), made = {0, 0};
    ULONG flags;
    SECURITY_STATUS code = InitializeSecurityContextA(&cred, rand_r(seed) % 4 ? NULL : &context,
                                                      target, (ULONG)rand_r(seed), 0, 0, NULL,
                                                      0, &made, &desc, &flags, NULL);

    if (code >= 0)
        put(seed, made);
    return code;
}

static SECURITY_STATUS accept_one(unsigned *seed)
{
    uint8_t bytes[64], answer[4096];
    SecBuffer in = {sizeof(bytes), SECBUFFER_TOKEN, bytes};
    SecBuffer out = {sizeof(answer), SECBUFFER_TOKEN, answer};
    SecBufferDesc in_desc = {SECBUFFER_VERSION, 1, &in},
                  out_desc = {SECBUFFER_VERSION, 1, &out};
    SecHandle cred = pick(seed), context = pick(seed), made = {0, 0};
    ULONG flags;

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)rand_r(seed);
    return AcceptSecurityContext(&cred, rand_r(seed) % 2 ? NULL : &context, &in_desc, 0, 0,
                                 &made, &out_desc, &flags, NULL);
}

static SECURITY_STATUS message(unsigned *seed)
{
    uint8_t data[64] = {0}, token[128] = {0};
    SecBuffer buffers[2] = {{sizeof(token), SECBUFFER_TOKEN, token},
                            {sizeof(data), SECBUFFER_DATA, data}};
    SecBufferDesc desc = {SECBUFFER_VERSION, 2, buffers};
    SecHandle context = pick(seed);
    ULONG qop;

    switch (rand_r(seed) % 4) {
    case 0:
        return EncryptMessage(&context, 0, &desc, 0);
    case 1:
        return DecryptMessage(&context, &desc, 0, &qop);
    case 2:
        return MakeSignature(&context, 0, &desc, 0);
    default:
        return VerifySignature(&context, &desc, 0, &qop);
    }
}

static SECURITY_STATUS query(unsigned *seed)
{
    void *answer[4] = {NULL};
    SecHandle handle = pick(seed);
    SECURITY_STATUS code = QueryContextAttributesA(&handle, (ULONG)rand_r(seed) % 40, answer);

    for (int i = 0; i < 4; i++)
        FreeContextBuffer(answer[i]);
    return code;
}

static SECURITY_STATUS identity(unsigned *seed)
{
    SecHandle handle = pick(seed);
    SecBuffer packed = {0};
    HANDLE token = NULL;
    SECURITY_STATUS code;

    switch (rand_r(seed) % 4) {
    case 0:
        code = ImpersonateSecurityContext(&handle);
        RevertSecurityContext(&handle);
        return code;
    case 1:
        code = QuerySecurityContextToken(&handle, &token);
        (void)!rpcsec_token_close(token);
        return code;
    case 2:
        code = ExportSecurityContext(&handle, (ULONG)rand_r(seed) % 3, &packed, NULL);
        FreeContextBuffer(packed.pvBuffer);
        return code;
    default:
        return CompleteAuthToken(&handle, NULL);
    }
}

static SECURITY_STATUS one(unsigned *seed)
{
    SecHandle handle;

    switch (rand_r(seed) % 64) {
    case 0:
        return acquire(seed);
    case 1:
        return initialise(seed);
    case 2 ... 4:
        return accept_one(seed);
    case 5 ... 9:
        handle = pick(seed);
        return rand_r(seed) % 2 ? DeleteSecurityContext(&handle)
                                : FreeCredentialsHandle(&handle);
    case 10 ... 24:
        return query(seed);
    case 25 ... 34:
        return identity(seed);
    default:
        return message(seed);
    }
}

/* SEC_E_OK, or a code of facility 9 that SSPI has. */
static bool is_known(SECURITY_STATUS code)
{
    return code == SEC_E_OK || ((uint32_t)code & 0x7fffff00U) == 0x00090300U;
}

static void *run(void *arg)
{
    unsigned seed = (unsigned)(uintptr_t)arg * 2654435761U;

    for (long i = 0; i < operations / NUM_THREADS; i++) {
        SECURITY_STATUS code = one(&seed);

        if (!is_known(code)) {
            fprintf(stderr, "an unknown status: %08x\n", (unsigned)code);
            exit(1);
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[NUM_THREADS];

    if (argc < 3)
        return 2;
    operations = atol(argv[1]);
    target = argv[2];
    if (argc > 3)
        package = argv[3];
    for (size_t i = 0; i < NUM_THREADS; i++)
        pthread_create(&threads[i], NULL, run, (void *)(i + 1));
    for (size_t i = 0; i < NUM_THREADS; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < NUM_SHARED; i++)
        end(&shared[i]);
    printf("%ld operations from %d threads\n", operations, NUM_THREADS);
    return 0;
}
