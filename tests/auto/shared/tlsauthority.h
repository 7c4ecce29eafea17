// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

/// An authority of its own and certificates of it, made with the program openssl.
class TlsAuthority
{
public:
    /// \return whether there is one: it takes openssl.
    bool make()
    {
        return openssl(QStringList{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-days"), QStringLiteral("2"),
                                   QStringLiteral("-subj"), QStringLiteral("/CN=An authority for tests"), QStringLiteral("-out"),
                                   certificate(QStringLiteral("ca"))}
                       + newKey(QStringLiteral("ca")));
    }

    enum KeyKind { Ec, Rsa };

    /// A certificate \a name of this authority, for the hosts \a names ("IP:127.0.0.1", "DNS:localhost"), good for \a days.
    bool issue(const QString &name, const QString &names = {}, int days = 2, KeyKind kind = Ec)
    {
        const QString request = path(name + QStringLiteral(".csr")), extensions = path(name + QStringLiteral(".ext"));
        QFile file(extensions);
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(names.isEmpty() ? QByteArray("basicConstraints=CA:FALSE\n") : "subjectAltName=" + names.toUtf8() + '\n');
        file.close();
        if (!openssl(QStringList{QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-subj"),
                                 QStringLiteral("/CN=") + name, QStringLiteral("-out"), request}
                     + newKey(name, kind)))
            return false;
        const QStringList signing = {QStringLiteral("x509"),
                                     QStringLiteral("-req"),
                                     QStringLiteral("-in"),
                                     request,
                                     QStringLiteral("-CA"),
                                     certificate(QStringLiteral("ca")),
                                     QStringLiteral("-CAkey"),
                                     key(QStringLiteral("ca")),
                                     QStringLiteral("-CAcreateserial"),
                                     QStringLiteral("-extfile"),
                                     extensions,
                                     QStringLiteral("-out"),
                                     certificate(name)};
        // Newer versions take no days before today, older ones no dates.
        const QStringList past = {QStringLiteral("-not_before"), QStringLiteral("20200101000000Z"), QStringLiteral("-not_after"),
                                  QStringLiteral("20200201000000Z")};
        return (days < 0 && openssl(signing + past))
            || openssl(signing + QStringList{QStringLiteral("-days"), QString::number(days)});
    }

    /// Of the authority itself: "ca".
    QString certificate(const QString &name) const { return path(name + QStringLiteral(".crt")); }
    QString key(const QString &name) const { return path(name + QStringLiteral(".key")); }
    QString path(const QString &file) const { return m_folder.filePath(file); }

    /// Runs openssl with \a arguments. \return whether it was content.
    static bool openssl(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels); // and not into the test's output
        process.start(QStringLiteral("openssl"), arguments);
        return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }

private:
    QStringList newKey(const QString &name, KeyKind kind = Ec) const
    {
        if (kind == Rsa)
            return {QStringLiteral("-newkey"), QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"),
                    key(name)};
        return {QStringLiteral("-newkey"),
                QStringLiteral("ec"),
                QStringLiteral("-pkeyopt"),
                QStringLiteral("ec_paramgen_curve:prime256v1"),
                QStringLiteral("-nodes"),
                QStringLiteral("-keyout"),
                key(name)};
    }

    QTemporaryDir m_folder;
};
