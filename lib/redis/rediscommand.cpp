// SPDX-License-Identifier: MIT
#include "rediscommand_p.h"

#include <algorithm>
#include <charconv>

namespace Sojourn {

static constexpr qsizetype ShaSize = 40;
static constexpr qsizetype ScriptHeadSize = QByteArrayView("$7\r\nEVALSHA\r\n$40\r\n").size() + ShaSize + 2;

static char *putLineEnd(char *to)
{
    *to++ = '\r';
    *to++ = '\n';
    return to;
}

RedisCommand::RedisCommand(QByteArrayView name, quint16 slot) : m_slot(slot)
{
    m_arguments.reserve(512);
    add(name);
    m_head = m_arguments.size();
}

RedisCommand RedisCommand::script(const RedisScript &script, QByteArrayView key, quint16 slot)
{
    Q_ASSERT(script.sha.size() == ShaSize);
    RedisCommand command("EVALSHA", slot);
    command.add(script.sha).add("1").add(key);
    command.m_isScript = true;
    command.m_writes = script.writes;
    return command;
}

RedisCommand &RedisCommand::add(std::initializer_list<QByteArrayView> parts)
{
    qsizetype size = 0;
    for (const QByteArrayView part : parts)
        size += part.size();
    char head[24] = "$";
    char *const endOfHead = putLineEnd(std::to_chars(head + 1, std::end(head) - 2, size).ptr);
    char *to = std::copy(head, endOfHead, grow(endOfHead - head + size + 2));
    for (const QByteArrayView part : parts)
        to = std::copy(part.begin(), part.end(), to);
    putLineEnd(to);
    ++m_count;
    return *this;
}

/// Makes room for \a size more bytes behind the arguments, and tells where.
char *RedisCommand::grow(qsizetype size)
{
    const qsizetype before = m_arguments.size();
    if (before + size > m_arguments.capacity())
        m_arguments.reserve(std::max(before + size, 2 * m_arguments.capacity()));
    m_arguments.resize(before + size);
    return m_arguments.data() + before;
}

RedisCommand &RedisCommand::add(qint64 number)
{
    char digits[24];
    return add(QByteArrayView(digits, std::to_chars(digits, std::end(digits), number).ptr - digits));
}

RedisCommand &RedisCommand::addArgumentsOf(const RedisCommand &other)
{
    if (other.m_switch >= 0)
        m_switch = m_arguments.size() + other.m_switch - other.m_head;
    m_arguments.append(QByteArrayView(other.m_arguments).sliced(other.m_head));
    m_count += other.m_count - 1;
    return *this;
}

RedisCommand &RedisCommand::addSwitch()
{
    add("0");
    m_switch = m_arguments.size() - qsizetype(sizeof "0\r");
    return *this;
}

void RedisCommand::switchOn()
{
    Q_ASSERT(m_switch >= 0);
    m_arguments[m_switch] = '1';
}

RedisCommand RedisCommand::withText(QByteArrayView text) const
{
    RedisCommand command("EVAL", m_slot);
    command.add(text);
    command.m_arguments.append(arguments().sliced(ScriptHeadSize));
    command.m_count = m_count;
    command.m_isScript = true;
    command.m_writes = m_writes;
    command.m_isLasting = m_isLasting;
    return command;
}

} // namespace Sojourn
