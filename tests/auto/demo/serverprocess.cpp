// SPDX-License-Identifier: MIT
#include "serverprocess.h"

#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace {

void stop(QProcess &process)
{
    process.terminate();
    if (!process.waitForFinished(5000))
        process.kill();
    process.waitForFinished(1000);
}

/// The first line of standard output that contains \a text, or nothing if the process ends or stays silent.
QByteArray awaitLine(QProcess &process, QByteArrayView text)
{
    for (;;) {
        while (process.canReadLine()) {
            const QByteArray line = process.readLine().trimmed();
            if (line.contains(text))
                return line;
        }
        if (!process.waitForReadyRead(10'000))
            return {};
    }
}

} // namespace

DemoProcess::DemoProcess(const QStringList &options)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(SOJOURN_DEMO), QStringList{u"--port"_s, u"0"_s, u"--live"_s, u"none"_s} + options);
    const QByteArray line = awaitLine(m_process, "listening on ");
    m_url = QUrl(QString::fromUtf8(line.sliced(qMax(0, line.indexOf("http")))));
}

DemoProcess::~DemoProcess()
{
    stop(m_process);
}

RedisProcess::RedisProcess()
{
    m_process.start(u"redis-server"_s, {u"--port"_s, u"0"_s, u"--unixsocket"_s, m_folder.filePath(u"s"_s), u"--dir"_s, m_folder.path(),
                                        u"--save"_s, u""_s, u"--appendonly"_s, u"no"_s});
    if (awaitLine(m_process, "ready to accept connections").isEmpty())
        m_process.close();
}

RedisProcess::~RedisProcess()
{
    stop(m_process);
}

bool RedisProcess::isInstalled()
{
    return !QStandardPaths::findExecutable(u"redis-server"_s).isEmpty();
}

QString RedisProcess::storeUrl() const
{
    return u"redis+unix:"_s + m_folder.filePath(u"s"_s);
}
