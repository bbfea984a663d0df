-- Begins a new seat of a node, and ends the one that it had before.
--
-- KEYS[1]    what is known of the new seat
-- ARGV[1]    the new seat
-- ARGV[2]    the seat before; empty if there is none
-- Result     an id: the entries of the new seat's inbox come after it

if ARGV[2] ~= '' then
  end_seat(ARGV[2])
end
-- A stream without entries is there all the same; without this one nothing could be appended.
local first = call('XADD', KEY.inbox .. SEAT, '*', 't', 'z')
call('XDEL', KEY.inbox .. SEAT, first)
call('HSET', KEYS[1], 'number', 0, 'reply', '', 'fill', 0)
call('ZADD', KEY.nodes, whole(clock()), SEAT)
return first
