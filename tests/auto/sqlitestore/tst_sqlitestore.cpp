// SPDX-License-Identifier: MIT
#include <storesuite.h>

#include <Sojourn/SqliteStore>

#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A connection of another program to the file.
class Shell
{
public:
    explicit Shell(const QString &path)
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"shell"_s);
        db.setDatabaseName(path);
        db.open();
    }
    ~Shell()
    {
        QSqlDatabase::removeDatabase(u"shell"_s);
    }
    Q_DISABLE_COPY_MOVE(Shell)

    QVariant run(const QString &sql, const QVariantList &values = {})
    {
        QSqlQuery query(QSqlDatabase::database(u"shell"_s));
        query.prepare(sql);
        for (const QVariant &value : values)
            query.addBindValue(value);
        if (!query.exec())
            qWarning() << query.lastError();
        return query.next() ? query.value(0) : QVariant();
    }
};

class TestSqliteStore : public StoreSuite
{
    Q_OBJECT
public:
    TestSqliteStore()
        : StoreSuite({.make = [this] { return make(freshPath()); },
                      .makeAnother = [this] { return make(m_path); },
                      .corrupt = [this](const SessionKey &key) { corrupt(key); }})
    {
    }

private:
    static std::shared_ptr<SqliteStore> make(const QString &path) { return std::make_shared<SqliteStore>(path); }
    QString freshPath()
    {
        m_path = m_dir.filePath(QString::number(++m_files) + ".db"_L1);
        return m_path;
    }
    void corrupt(const SessionKey &key) { Shell(m_path).run(u"UPDATE sessions SET data = '{\"a\":' WHERE key = ?"_s, {key.toString()}); }

    QTemporaryDir m_dir;
    QString m_path;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestSqliteStore)
#include "tst_sqlitestore.moc"
