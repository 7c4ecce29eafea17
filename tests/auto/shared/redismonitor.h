// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpSocket>

/// What a server was told since this was started, by MONITOR.
class RedisMonitor
{
public:
    struct Line
    {
        QByteArray from;    // an address; "lua" for what scripts call
        QByteArray command;   // its name, in capitals
        QByteArray arguments; // each in quotes
    };

    explicit RedisMonitor(quint16 port)
    {
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        if (m_socket.waitForConnected(1000))
            m_socket.write("MONITOR\r\n");
        m_socket.waitForReadyRead(5000);
        m_isOn = m_socket.readAll().startsWith("+OK");
    }
    bool isOn() const { return m_isOn; }

    /// All that has come so far.
    QList<Line> lines()
    {
        QByteArray text;
        while (m_socket.waitForReadyRead(300))
            text += m_socket.readAll();
        QList<Line> lines;
        for (const QByteArray &line : text.split('\n')) {
            const qsizetype open = line.indexOf('['), close = line.indexOf("] \"");
            const qsizetype end = close < 0 ? -1 : line.indexOf('"', close + 3);
            if (open < 0 || end < 0)
                continue;
            const qsizetype space = line.indexOf(' ', open);
            lines.append({line.sliced(space + 1, close - space - 1), line.sliced(close + 3, end - close - 3).toUpper(),
                          line.sliced(end + 1)});
        }
        return lines;
    }

private:
    QTcpSocket m_socket;
    bool m_isOn = false;
};
