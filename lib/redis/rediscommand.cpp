// SPDX-License-Identifier: MIT
#include "rediscommand_p.h"

#include <algorithm>
#include <charconv>

namespace Sojourn {

// The head tells how many arguments follow, which is known last: it is written right before them into room kept free.
static constexpr qsizetype HeadRoom = 16;
static constexpr qsizetype ShaSize = 40;
static constexpr qsizetype ScriptHeadSize = QByteArrayView("$7\r\nEVALSHA\r\n$40\r\n").size() + ShaSize + 2;

RedisCommand::RedisCommand(QByteArrayView name)
{
    m_bytes.reserve(256);
    m_bytes.resize(HeadRoom);
    add(name);
}

RedisCommand RedisCommand::script(QByteArrayView sha)
{
    Q_ASSERT(sha.size() == ShaSize);
    RedisCommand command("EVALSHA");
    command.add(sha).add("0");
    return command;
}

RedisCommand &RedisCommand::add(std::initializer_list<QByteArrayView> parts)
{
    qsizetype size = 0;
    for (const QByteArrayView part : parts)
        size += part.size();
    char head[HeadRoom + 8];
    head[0] = '$';
    char *end = std::to_chars(head + 1, std::end(head) - 2, size).ptr;
    *end++ = '\r';
    *end++ = '\n';
    m_bytes.append(head, end - head);
    for (const QByteArrayView part : parts)
        m_bytes.append(part);
    m_bytes.append("\r\n", 2);
    ++m_count;
    return *this;
}

RedisCommand &RedisCommand::add(qint64 number)
{
    char text[24];
    return add(QByteArrayView(text, std::to_chars(text, std::end(text), number).ptr - text));
}

RedisCommand RedisCommand::withText(QByteArrayView text) const
{
    RedisCommand command("EVAL");
    command.add(text);
    command.m_bytes.append(QByteArrayView(m_bytes).sliced(HeadRoom + ScriptHeadSize));
    command.m_count = m_count;
    return command;
}

QByteArrayView RedisCommand::bytes()
{
    char head[HeadRoom];
    head[0] = '*';
    char *end = std::to_chars(head + 1, std::end(head) - 2, m_count).ptr;
    *end++ = '\r';
    *end++ = '\n';
    const qsizetype begin = HeadRoom - (end - head);
    std::copy(head, end, m_bytes.data() + begin);
    return QByteArrayView(m_bytes).sliced(begin);
}

} // namespace Sojourn
