// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QUrl>

/// A sojourn-demo on a free port, for as long as this object lives.
class DemoProcess
{
public:
    /// Starts \a program with the arguments \a before and \a options; url() is empty if that failed.
    explicit DemoProcess(const QStringList &options, const QString &program = QStringLiteral(SOJOURN_DEMO),
                         const QStringList &before = {})
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, before
                                     + QStringList{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--live"),
                                                   QStringLiteral("none")}
                                     + options);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(10'000)) { }
        const QByteArray firstLine = m_process.readLine().trimmed();
        if (firstLine.startsWith("listening on "))
            m_url = QUrl(QString::fromLatin1(firstLine.sliced(qstrlen("listening on "))));
    }
    ~DemoProcess()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(1000);
    }

    QUrl url() const { return m_url; }
    qint64 id() const { return m_process.processId(); }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
    QUrl m_url;
};
