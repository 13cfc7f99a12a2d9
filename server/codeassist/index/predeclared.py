"""Names that a language gives without an import, which a removed definition may have shadowed.

`type any = interface{}` was needed before Go 1.18 and can go after it. Only names that people are
likely to have defined themselves for a while, or to take for granted; a name that is not listed is
reported when its definition goes.

Sources: the Go specification ("Predeclared identifiers"); ECMA-262 ("The Global Object") and the
WHATWG standards for what browsers and Node share; TypeScript's handbook ("Utility Types");
`java.lang` in the Java API; the Rust reference ("Preludes"); Kotlin's default imports; PHP's manual
(functions and classes of PHP 7.3 to 8.5); Ruby's Kernel and core classes; Swift's standard library.
"""

import builtins
from functools import cache

PYTHON_MODULE = frozenset(
    {
        "__file__", "__name__", "__doc__", "__path__", "__spec__", "__package__", "__loader__",
        "__dict__", "__builtins__", "__annotations__",
    }
)  # fmt: skip

_GO = """
    any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64
    rune string uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap clear close
    complex copy delete imag len make max min new panic print println real recover
"""
_ECMASCRIPT = """
    AbortController AbortSignal AggregateError Array ArrayBuffer AsyncIterator Atomics BigInt
    BigInt64Array BigUint64Array Blob Boolean BroadcastChannel Buffer ByteLengthQueuingStrategy
    CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DOMParser
    DataView Date DecompressionStream DisposableStack AsyncDisposableStack Element Error EvalError
    Event EventSource EventTarget File FileReader FinalizationRegistry Float32Array Float64Array
    FormData Function HTMLElement Headers Image Infinity Int16Array Int32Array Int8Array
    IntersectionObserver Intl Iterator JSON Map Math MessageChannel MessageEvent MessagePort
    MutationObserver NaN Navigator Node Number Object Performance PerformanceObserver Promise Proxy
    RangeError ReadableStream ReferenceError Reflect RegExp Request ResizeObserver Response Set
    SharedArrayBuffer Storage String SubtleCrypto SuppressedError Symbol SyntaxError TextDecoder
    TextDecoderStream TextEncoder TextEncoderStream TransformStream TypeError URIError URL
    URLPattern URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef
    WeakSet WebAssembly WebSocket Window Worker WritableStream XMLHttpRequest __dirname __filename
    addEventListener alert arguments atob btoa cancelAnimationFrame clearImmediate clearInterval
    clearTimeout confirm console crypto customElements decodeURI decodeURIComponent dispatchEvent
    document encodeURI encodeURIComponent escape eval event exports fetch getComputedStyle global
    globalThis history indexedDB isFinite isNaN localStorage location matchMedia module name
    navigator open parent parseFloat parseInt performance postMessage process prompt queueMicrotask
    removeEventListener reportError requestAnimationFrame requestIdleCallback require screen
    scrollTo self sessionStorage setImmediate setInterval setTimeout status structuredClone top
    undefined unescape window
    afterAll afterEach beforeAll beforeEach describe expect it jest suite test vi
"""
_TYPESCRIPT = """
    ArrayLike AsyncGenerator AsyncIterable AsyncIterableIterator Awaited Capitalize
    ConstructorParameters Disposable AsyncDisposable Exclude Extract Generator InstanceType
    Intrinsic Iterable IterableIterator IteratorResult JSX Lowercase NoInfer NodeJS NonNullable
    Omit OmitThisParameter Parameters Partial Pick PromiseLike PropertyDescriptor PropertyKey React
    Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Required ReturnType TemplateStringsArray
    ThisParameterType ThisType Thenable Uncapitalize Uppercase BufferSource BodyInit HeadersInit
    RequestInfo RequestInit ResponseInit any bigint boolean never null number object string symbol
    unknown void
"""
_JAVA = """
    AbstractMethodError Appendable ArithmeticException ArrayIndexOutOfBoundsException AssertionError
    AutoCloseable Boolean Byte CharSequence Character Class ClassCastException ClassLoader
    ClassNotFoundException CloneNotSupportedException Cloneable Comparable Deprecated Double Enum
    Error Exception Float FunctionalInterface IllegalAccessException IllegalArgumentException
    IllegalStateException IndexOutOfBoundsException InheritableThreadLocal InstantiationException
    Integer InterruptedException Iterable LinkageError Long Math Module ModuleLayer
    NegativeArraySizeException NoSuchFieldException NoSuchMethodException NullPointerException
    Number NumberFormatException Object OutOfMemoryError Override Package Process ProcessBuilder
    ProcessHandle Readable Record ReflectiveOperationException Runnable Runtime RuntimeException
    SafeVarargs ScopedValue SecurityException Short StackOverflowError StackTraceElement StackWalker
    StrictMath String StringBuffer StringBuilder SuppressWarnings System Thread ThreadGroup
    ThreadLocal Throwable UnsupportedOperationException Void
"""
_KOTLIN = """
    Any Array ArrayDeque ArrayList Boolean Byte ByteArray Char CharArray CharSequence
    Collection Comparable Comparator Deprecated Double Duration Enum Error Exception Float
    Function HashMap HashSet IllegalArgumentException IllegalStateException Int IntArray IntRange
    Iterable Iterator JvmField JvmInline JvmName JvmOverloads JvmStatic Lazy LinkedHashMap
    LinkedHashSet List Long Map MutableList MutableMap MutableSet Nothing Number OptIn Pair Random
    Regex Result RuntimeException Sequence Set Short String StringBuilder Suppress Throwable Throws
    Triple UByte UInt ULong Unit TODO also apply arrayOf assert buildList buildMap buildSet
    buildString check checkNotNull emptyList emptyMap emptySequence emptySet enumValues error
    generateSequence hashMapOf hashSetOf lazy let linkedMapOf listOf listOfNotNull mapOf maxOf minOf
    mutableListOf mutableMapOf mutableSetOf print println repeat require requireNotNull run
    runCatching sequence sequenceOf setOf synchronized takeIf to use with
"""
_RUST = """
    Some None Ok Err Option Result String Vec Box ToString ToOwned Into From TryFrom TryInto
    AsRef AsMut Default Iterator IntoIterator DoubleEndedIterator ExactSizeIterator Extend
    FromIterator Clone Copy Debug Drop Eq Fn FnMut FnOnce Future IntoFuture Hash Ord PartialEq
    PartialOrd Send Sized Sync Unpin drop align_of align_of_val size_of size_of_val bool char str
    i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 assert assert_eq assert_ne cfg
    column compile_error concat dbg debug_assert env eprint eprintln file format format_args include
    line matches module_path option_env panic print println stringify thread_local todo
    unimplemented unreachable vec write writeln
"""
_PHP = """
    array_all array_any array_find array_find_key array_first array_is_list array_key_first
    array_key_last array_last bcdivmod clamp ctype_alnum enum_exists fdiv fpow fsync get_debug_type
    get_error_handler get_exception_handler get_resource_id hrtime is_countable is_iterable
    json_validate mb_chr mb_lcfirst mb_ltrim mb_ord mb_rtrim mb_scrub mb_str_pad mb_str_split
    mb_trim mb_ucfirst password_algos preg_last_error_msg str_contains str_decrement str_ends_with
    str_increment str_starts_with stream_isatty spl_object_id
    Attribute Deprecated Fiber JsonException Override PhpToken ReturnTypeWillChange
    SensitiveParameter Stringable UnhandledMatchError ValueError WeakMap WeakReference
"""
_RUBY = """
    Array BasicObject Class Comparable Complex Data Dir Encoding Enumerable Enumerator Exception
    Fiber File Float Hash Integer IO Kernel Method Module NilClass Numeric Object Proc Process
    Queue Ractor Random Range Rational Refinement Regexp Set SizedQueue StandardError String Struct
    Symbol Thread Time abort autoload binding block_given caller catch exit fail format gets lambda
    load loop open p pp print printf proc putc puts raise rand require require_relative select sleep
    sprintf srand system test then throw trap warn
"""
_SWIFT = """
    Any AnyHashable AnyObject Array Bool Character CaseIterable Clock Codable Collection Comparable
    ContiguousArray Decodable Dictionary Double Duration Encodable Equatable Error Float Hashable
    Hasher Identifiable InlineArray Int Int8 Int16 Int32 Int64 Never Optional OptionSet Range
    RawRepresentable Result Sendable Sequence Set Span String Substring Task TaskGroup UInt UInt8
    UInt16 UInt32 UInt64 Void abs assert assertionFailure fatalError max min precondition
    preconditionFailure print sequence stride swap type withUnsafePointer zip
"""
_BY_LANGUAGE = {
    "go": _GO,
    "javascript": _ECMASCRIPT,
    "typescript": _ECMASCRIPT + _TYPESCRIPT,
    "tsx": _ECMASCRIPT + _TYPESCRIPT,
    "java": _JAVA,
    "kotlin": _KOTLIN,
    "rust": _RUST,
    "php": _PHP,
    "ruby": _RUBY,
    "swift": _SWIFT,
}


@cache
def predeclared(language: str) -> frozenset[str]:
    """The names that a language gives without an import."""
    if language == "python":
        return frozenset(dir(builtins)) | PYTHON_MODULE
    return frozenset(_BY_LANGUAGE.get(language, "").split())
