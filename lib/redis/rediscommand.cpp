// SPDX-License-Identifier: MIT
#include "rediscommand_p.h"

#include <charconv>

namespace Sojourn {

static constexpr qsizetype ShaSize = 40;
static constexpr qsizetype ScriptHeadSize = QByteArrayView("$7\r\nEVALSHA\r\n$40\r\n").size() + ShaSize + 2;

RedisCommand::RedisCommand(QByteArrayView name, quint16 slot) : m_slot(slot)
{
    m_arguments.reserve(256);
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
    char digits[24];
    m_arguments.append('$').append(digits, std::to_chars(digits, std::end(digits), size).ptr - digits).append("\r\n", 2);
    for (const QByteArrayView part : parts)
        m_arguments.append(part);
    m_arguments.append("\r\n", 2);
    ++m_count;
    return *this;
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
