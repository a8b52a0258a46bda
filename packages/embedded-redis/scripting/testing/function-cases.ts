const library = `#!lua name=mylib
redis.register_function('f1', function(keys, args) return {keys[1], args[1], redis.call('ping')} end)
redis.register_function{function_name='f2', callback=function(keys) return redis.call('set', keys[1], 1) end, flags={'no-writes'}}
redis.register_function('f3', function() error('boo') end)
redis.register_function('f4', function() x = 1 end)
redis.register_function('f5', function() return y end)
redis.register_function('f6', function() redis.register_function('a', function() end) end)
redis.register_function('f7', function() return tostring(KEYS) end)
redis.register_function('f8', function() return redis.call('nope') end)
redis.register_function('f9', function() return {redis.pcall('nope')} end)
redis.register_function{function_name='f10', callback=function() return 1 end, description='says one'}
`;

const load = (code: string): readonly string[] => ["FUNCTION", "LOAD", `#!lua name=l2\n${code}`];

/** Sequences of FUNCTION and FCALL that both servers answer from an empty state on. */
export const functionCases: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "calls and their errors": [
    ["FUNCTION", "FLUSH"],
    ["FUNCTION", "LOAD", library],
    ...Array.from({ length: 10 }, (_, index) => ["FCALL", `f${index + 1}`, "1", "k", "a"]),
    ["FCALL_RO", "f1", "1", "k", "a"],
    ["FCALL_RO", "f2", "1", "k", "a"],
    ["FCALL", "none", "0"],
    ["FCALL", "f1", "x"],
    ["FCALL", "f1", "2", "a"],
    ["FCALL", "f1", "-1"],
    ["FUNCTION", "LOAD", library],
    ["FUNCTION", "LOAD", "REPLACE", library],
    ["FUNCTION", "DELETE", "mylib"],
    ["FUNCTION", "DELETE", "mylib"],
    ["FCALL", "f1", "0"],
  ],
  "what is no library": [
    ["FUNCTION", "FLUSH"],
    ["FUNCTION", "LOAD", "x = 1"],
    ["FUNCTION", "LOAD", "#!lua\nx = 1"],
    ["FUNCTION", "LOAD", "#!lua name=a b\n"],
    ["FUNCTION", "LOAD", "#!lua name=a name=b\n"],
    ["FUNCTION", "LOAD", "#!lua name=l-2\nredis.register_function('x', function() end)"],
    ["FUNCTION", "LOAD", "#!py name=l2\n"],
    ["FUNCTION", "LOAD", "REPLACE"],
    ["FUNCTION", "LOAD", "WHAT", "x"],
    load(""),
    load("x = 1"),
    load("foo bar"),
    load("return foo"),
    load("error('x')"),
    load("redis.call('ping')"),
    load("return redis.setresp(3)"),
    load("redis.register_function()"),
    load("redis.register_function('x')"),
    load("redis.register_function('x', 1)"),
    load("redis.register_function(1, 2, 3)"),
    load("redis.register_function('a b', function() end)"),
    load("redis.register_function{function_name='x', callback=function() end, flags={'zz'}}"),
    load("redis.register_function{function_name='x', callback=function() end, flags='no-writes'}"),
    load("redis.register_function{function_name='x', callback=function() end, foo=1}"),
    load("redis.register_function{function_name='x'}"),
    load("redis.register_function{function_name='x', callback=1}"),
    load("redis.register_function{callback=function() end}"),
    load("redis.register_function{1, 2}"),
    load("redis.register_function('x', function() end)\nredis.register_function('x', function() end)"),
  ],
  "names that clash, lists, and flushing": [
    ["FUNCTION", "FLUSH"],
    ["FUNCTION", "LOAD", library],
    load("redis.register_function('f1', function() end)"),
    load("redis.register_function('g', function() return 2 end)"),
    ["FUNCTION", "LIST", "LIBRARYNAME", "l*", "WITHCODE"],
    ["FUNCTION", "LIST", "LIBRARYNAME"],
    ["FUNCTION", "LIST", "WHAT"],
    ["FUNCTION", "STATS"],
    ["FUNCTION", "KILL"],
    ["FUNCTION", "FLUSH", "WHAT"],
    ["FUNCTION", "RESTORE", "abc"],
    ["FUNCTION", "RESTORE", "abc", "WHAT"],
    ["FUNCTION", "FLUSH", "ASYNC"],
    ["FUNCTION", "LIST"],
    ["FUNCTION", "WHAT"],
  ],
  "script commands": [
    ["SCRIPT", "LOAD", "return 1"],
    ["SCRIPT", "LOAD", "foo bar"],
    ["EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "0"],
    ["EVALSHA", "E0E1F9FABFC9D4800C877A703B823AC0578FF8DB", "0"],
    ["EVALSHA_RO", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "0"],
    ["EVALSHA", "aaaa", "0"],
    ["SCRIPT", "EXISTS", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "ab"],
    ["EVAL_RO", "return redis.call('set', 'a', 'b')", "0"],
    ["EVAL_RO", "return redis.call('get', KEYS[1])", "1", "a"],
    ["EVAL", "return 1", "x"],
    ["EVAL", "return 1", "3", "a"],
    ["EVAL", "return 1", "-1"],
    ["EVAL", "return 1"],
    ["SCRIPT", "FLUSH", "WHAT"],
    ["SCRIPT", "KILL"],
    ["SCRIPT", "WHAT"],
    ["SCRIPT", "FLUSH"],
    ["EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "0"],
    ["MULTI"],
    ["EVAL", "return redis.call('incr', 'n')", "0"],
    ["SCRIPT", "LOAD", "return 5"],
    ["EXEC"],
  ],
};
