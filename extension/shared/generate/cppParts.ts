/** Functions and classes that generated programs in C++ define where they use them. */

/** One of them: what it includes, which others it needs, and its text. */
interface Part {
  readonly includes: readonly string[];
  readonly needs: readonly CppPartName[];
  readonly text: string;
}

/** Name of such a part. */
export type CppPartName =
  | 'Require'
  | 'Try'
  | 'Secret'
  | 'Placeholder'
  | 'Expect'
  | 'Background'
  | 'Ends'
  | 'OnStatus'
  | 'Complete';

/** All of them, those that others need first. */
export const CPP_PARTS: Readonly<Record<CppPartName, Part>> = {
  Require: {
    includes: ['cstdio'],
    needs: [],
    text: `
/** Ends the program when a call fails that succeeded when it was recorded. */
static void Require(bool succeeded, const char* function)
{
    if (succeeded) return;
    fprintf(stderr, "%s failed: %lu\\n", function, GetLastError());
    ExitProcess(1);
}`,
  },
  Expect: {
    includes: ['cstdio'],
    needs: [],
    text: `
/** Tells how a call ends that failed with this error when it was recorded, and goes on. */
static void Expect(DWORD recorded, bool succeeded, const char* function)
{
    DWORD error = succeeded ? ERROR_SUCCESS : GetLastError();
    fprintf(stderr, "%s: %lu (recorded: %lu)\\n", function, error, recorded);
}`,
  },
  Try: {
    includes: ['cstdio'],
    needs: [],
    text: `
/** Tells how a call ends of which the log does not tell how it ended, or not all that was passed, and goes on. */
static void Try(bool succeeded, const char* function)
{
    fprintf(stderr, "%s: %lu\\n", function, succeeded ? ERROR_SUCCESS : GetLastError());
}`,
  },
  Secret: {
    includes: ['cstdio', 'string'],
    needs: [],
    text: `
/** A secret that the journal masks, from the environment. */
static std::wstring Secret(const wchar_t* variable)
{
    WCHAR value[4096];
    DWORD length = GetEnvironmentVariableW(variable, value, 4096);
    if (length > 0 && length < 4096) return std::wstring(value, length);
    fprintf(stderr, "Set %ls in the environment: the journal masks it.\\n", variable);
    ExitProcess(1);
}`,
  },
  Placeholder: {
    includes: ['vector'],
    needs: [],
    text: `
/** PLACEHOLDER: stands for bytes that the journal does not hold. */
static std::vector<BYTE> Placeholder(size_t bytes)
{
    return std::vector<BYTE>(bytes, '.');
}`,
  },
  Background: {
    includes: ['functional'],
    needs: [],
    text: `
/** A call that goes on in a thread of its own while others are made. */
class Background
{
public:
    explicit Background(std::function<bool()> call)
        : call_(call), succeeded_(false), error_(0), thread_(CreateThread(NULL, 0, Run, this, 0, NULL)) {}
    ~Background()
    {
        Wait();
        CloseHandle(thread_);
    }
    /** Waits for its end; GetLastError tells why it failed. */
    bool Wait()
    {
        WaitForSingleObject(thread_, INFINITE);
        SetLastError(error_);
        return succeeded_;
    }

private:
    static DWORD WINAPI Run(LPVOID self)
    {
        Background* background = (Background*)self;
        background->succeeded_ = background->call_();
        background->error_ = GetLastError();
        return 0;
    }
    std::function<bool()> call_;
    bool succeeded_;
    DWORD error_;
    HANDLE thread_;
};`,
  },
  Ends: {
    includes: ['map'],
    needs: [],
    text: `
/** Ends of asynchronous calls that the callback was told, by their context. */
static struct Ends
{
    CRITICAL_SECTION section;
    CONDITION_VARIABLE changed;
    std::multimap<DWORD_PTR, INTERNET_ASYNC_RESULT> told;
    Ends()
    {
        InitializeCriticalSection(&section);
        InitializeConditionVariable(&changed);
    }
} ends;`,
  },
  OnStatus: {
    includes: ['cstdio'],
    needs: ['Ends'],
    text: `
/** The status callback. */
static void CALLBACK OnStatus(HINTERNET handle, DWORD_PTR context, DWORD status, LPVOID information, DWORD)
{
    printf("%p, context %lu: status %lu\\n", (void*)handle, (unsigned long)context, status);
    if (status != INTERNET_STATUS_REQUEST_COMPLETE) return;
    EnterCriticalSection(&ends.section);
    ends.told.insert({context, *(INTERNET_ASYNC_RESULT*)information});
    LeaveCriticalSection(&ends.section);
    WakeAllConditionVariable(&ends.changed);
}`,
  },
  Complete: {
    includes: [],
    needs: ['Ends'],
    text: `
/** How an asynchronous call has begun: over, failed, or under way (ERROR_IO_PENDING). */
struct Begun
{
    bool succeeded;
    DWORD error;
    Begun(bool answer) : succeeded(answer), error(answer ? ERROR_SUCCESS : GetLastError()) {}
};

/** Waits for an asynchronous call: one that answers ERROR_IO_PENDING ends with INTERNET_STATUS_REQUEST_COMPLETE. */
static bool Complete(DWORD_PTR context, Begun call, HINTERNET* handle = NULL)
{
    SetLastError(call.error);
    if (call.succeeded || call.error != ERROR_IO_PENDING) return call.succeeded;
    if (context == 0) {
        // Without a context and a callback nobody is told its end: it gets a second.
        Sleep(1000);
        return handle == NULL;
    }
    EnterCriticalSection(&ends.section);
    while (ends.told.find(context) == ends.told.end())
        SleepConditionVariableCS(&ends.changed, &ends.section, INFINITE);
    auto found = ends.told.find(context);
    INTERNET_ASYNC_RESULT result = found->second;
    ends.told.erase(found);
    LeaveCriticalSection(&ends.section);
    if (handle != NULL && result.dwError == ERROR_SUCCESS) *handle = (HINTERNET)result.dwResult;
    SetLastError(result.dwError);
    return result.dwError == ERROR_SUCCESS;
}`,
  },
};
