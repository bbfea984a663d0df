-- What all scripts share: time, inboxes, presence, mailboxes, and the end of a seat.
--
-- A seat is one epoch of one node, "<node>:<epoch>". KEY and LIMIT stand above this file; they are
-- made by the class LaneScript. ARGV[1] of every script is the seat that asks.
--
-- An inbox entry has a field t, the kind with what belongs to it, and for most kinds a field b:
--   c <number> <took over: 0|1> <mails>  a claim was granted; so many entries m follow directly
--   k <number> <mails>                   an id was claimed again after a new epoch
--   s <number>, b = envelope             a signal
--   m <number>, b = envelope             a signal that was held
--   x <number>                           another session has taken the id over
--   u <number> <cause>, b = envelope     a signal of this peer did not arrive
--   p <number>, b = address              a watched peer is there
--   a <number>, b = address              a watched peer is not there
--   d, b = address                       a watched peer has gone
--   g <number>…, b = event               users are told something; a blank before each number
--   r <command>                          a command of groups has been carried out
--   r <command> n                        it has not: whoever gave it is not, or no longer, the owner
-- <number> is the registration, or the watch, as its node has numbered it.
--
-- An envelope begins with the sender's address (two bytes of length, then the text) and a label for
-- counting (one byte of length, then the text); scripts read no further.

local SEAT = ARGV[1]

local call = redis.call

-- While the slot of our keys moves to another node of a Redis Cluster, some keys are here and some
-- there. Asking for one that is nowhere fails then, and the call is refused as a whole.
local function is_moving()
  local answer = redis.pcall('EXISTS', KEY.nothing)
  return type(answer) == 'table'
end

-- ---- time

local millis

-- The time of Redis, in milliseconds; one and the same for a whole call.
local function clock()
  if not millis then
    local time = call('TIME')
    millis = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  return millis
end

-- A whole number as text, never as 1e+15.
local function whole(number)
  return string.format('%.0f', number)
end

-- ---- envelopes and addresses

local function sender_of(envelope)
  local high, low = string.byte(envelope, 1, 2)
  return string.sub(envelope, 3, 2 + high * 256 + low)
end

local function label_of(envelope)
  local high, low = string.byte(envelope, 1, 2)
  local at = 3 + high * 256 + low
  return string.sub(envelope, at + 1, at + string.byte(envelope, at))
end

local function realm_and_id(address)
  local slash = string.find(address, '/', 1, true)
  return string.sub(address, 1, slash - 1), string.sub(address, slash + 1)
end

local function node_of(seat)
  return string.sub(seat, 1, string.find(seat, ':', 1, true) - 1)
end

-- ---- seats and their inboxes

local ended = {}

-- Nobody appends to the inbox from now on, and the node is fenced. What is left is cleaned by and
-- by, see clean.lua; not before a while, if the node may still be alive and claim its ids again.
local function end_seat(seat, wait)
  ended[seat] = true
  call('DEL', KEY.seat .. seat)
  call('ZREM', KEY.nodes, seat)
  if call('EXISTS', KEY.inbox .. seat) == 1 then
    call('RENAME', KEY.inbox .. seat, KEY.grave .. seat)
  end
  call('ZADD', KEY.graves, 'NX', whole(clock() + wait), seat)
end

-- A seat that is to be cleaned, another one from time to time; nil if there is none.
local function some_grave()
  local due = call('ZRANGEBYSCORE', KEY.graves, '-inf', whole(clock()), 'LIMIT', 0, 50)
  return #due > 0 and due[1 + clock() % #due] or nil
end

local function is_alive(seat)
  return call('EXISTS', KEY.inbox .. seat) == 1
end

-- How full inboxes are, as far as this call has to do with them.
local rooms = {}

local function room_of(seat)
  local room = rooms[seat]
  if not room then
    room = {
      entries = call('XLEN', KEY.inbox .. seat),
      bytes = tonumber(call('HGET', KEY.seat .. seat, 'fill') or 0),
      more = 0,
    }
    rooms[seat] = room
  end
  return room
end

-- Appends an entry to an inbox; false if the seat is over.
local function put(seat, room, t, b)
  local id
  if b then
    id = call('XADD', KEY.inbox .. seat, 'NOMKSTREAM', '*', 't', t, 'b', b)
  else
    id = call('XADD', KEY.inbox .. seat, 'NOMKSTREAM', '*', 't', t)
  end
  if not id then
    return false
  end
  local bytes = #t + (b and #b or 0)
  room.entries = room.entries + 1
  room.bytes = room.bytes + bytes
  room.more = room.more + bytes
  return true
end

-- Appends what cannot be refused; a node that has left far too much unread is ended.
local function append(seat, t, b)
  local room = room_of(seat)
  if room.entries >= 2 * LIMIT.inboxEntries or room.bytes >= 2 * LIMIT.inboxBytes then
    if is_alive(seat) then
      end_seat(seat, LIMIT.graceMillis)
    end
    return false
  end
  return put(seat, room, t, b)
end

-- Writes down what was appended; the last thing that a script does.
local function book_rooms()
  for seat, room in pairs(rooms) do
    if room.more > 0 and not ended[seat] then
      call('HINCRBY', KEY.seat .. seat, 'fill', room.more)
    end
  end
end

-- ---- presence

-- Tells the owner of the sender's id, if there is one, what became of a signal. False if the owner's
-- seat is over, be it because of this: either the node claims the id again, or the id will soon be
-- nobody's.
local function tell_sender(envelope, cause)
  local owner = call('HMGET', KEY.peer .. sender_of(envelope), 'n', 's')
  return not owner[1] or append(owner[1], 'u ' .. owner[2] .. ' ' .. cause, envelope)
end

-- Nobody owns the id any more; whoever watches it is told.
local function vacate(address, seat)
  local realm, id = realm_and_id(address)
  call('DEL', KEY.peer .. address)
  call('ZREM', KEY.realm .. realm, id)
  call('SREM', KEY.peers .. seat, address)
  local watchers = call('SMEMBERS', KEY.watch .. address)
  if #watchers > 0 then
    call('DEL', KEY.watch .. address)
    for _, watcher in ipairs(watchers) do
      call('SREM', KEY.watching .. watcher, address)
      append(watcher, 'd', address)
    end
  end
end

-- ---- mailboxes

-- One sender's signals for one recipient expire together; this names them in the list of deadlines.
local function bundle_of(sender, recipient)
  return #sender .. ':' .. sender .. recipient
end

local function sender_and_recipient(bundle)
  local colon = string.find(bundle, ':', 1, true)
  local length = tonumber(string.sub(bundle, 1, colon - 1))
  return string.sub(bundle, colon + 1, colon + length), string.sub(bundle, colon + length + 1)
end

-- Gives a sender the room back that its signals took.
local function give_back(sender, signals, bytes)
  if call('HINCRBY', KEY.sender .. sender, 'c', -signals) <= 0 then
    call('DEL', KEY.sender .. sender)
  else
    call('HINCRBY', KEY.sender .. sender, 'y', -bytes)
  end
  call('DECRBY', KEY.held, bytes)
end

-- What is kept of a held signal: its weight, a blank, its envelope.
local function weight_and_envelope(held)
  local blank = string.find(held, ' ', 1, true)
  return tonumber(string.sub(held, 1, blank - 1)), string.sub(held, blank + 1)
end

-- ---- groups

-- A record of a group is a hash: v its version, for a user who is here o its owner as
-- "<seat> <registration>", for one with a deadline d what is due; all other fields belong to it.
-- Here it is a list: version, owner, then name and content of each other field.
local function record(name)
  local version, owner, list = '0', '', {}
  local all = call('HGETALL', KEY.group .. name)
  for i = 1, #all, 2 do
    local field = all[i]
    if field == 'v' then
      version = all[i + 1]
    elseif field == 'o' then
      owner = all[i + 1]
    elseif field ~= 'd' then
      list[#list + 1] = field
      list[#list + 1] = all[i + 1]
    end
  end
  table.insert(list, 1, owner)
  table.insert(list, 1, version)
  return list
end

-- ---- operations of the lane

local OPERATIONS = {}

-- Declares an operation. With a number of arguments, run gets them; without (nil), the number comes
-- first in each call, and run gets where its arguments begin and end in ARGV.
local function operation(name, arguments, run)
  OPERATIONS[name] = {arguments = arguments, run = run}
end
