// SPDX-License-Identifier: MIT
#include "connectiondialog.h"

#include "keychain.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"

#include <Sojourn/LiveStore>
#include <Sojourn/Stores>

#include <QtCore/QElapsedTimer>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr int Red = 3; // of the colours

ConnectionDialog::ConnectionDialog(const Connection &connection, QWidget *parent, const QString &acceptText)
    : QDialog(parent), m_before(connection)
{
    setWindowTitle(connection.url.isEmpty() ? tr("Connect to a store") : tr("Edit connection"));
    setAttribute(Qt::WA_DeleteOnClose);

    m_form = new QFormLayout;
    makeKind();
    makeServerFields();
    makeLiveFields();
    makeOwnFields();
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(m_form); // first, so that the keyboard begins there
    m_result = Foreign::makeLabel();
    m_result->setObjectName("result"_L1);
    m_result->setWordWrap(true);
    m_result->setMinimumHeight(m_result->fontMetrics().height() * 2);
    layout->addWidget(m_result);
    layout->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel,
                                         this); // a child at once, or the default button would not stay so
    m_test = buttons->addButton(tr("Test c&onnection"), QDialogButtonBox::ActionRole);
    m_open = buttons->addButton(connection.url.isEmpty() ? tr("Connect") : acceptText, QDialogButtonBox::AcceptRole);
    m_open->setDefault(true);
    connect(m_test, &QPushButton::clicked, this, &ConnectionDialog::test);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    layout->addWidget(buttons);
    resize(480, sizeHint().height());

    if (!connection.url.isEmpty())
        fill(connection);
    followChanges();
    showKind();
}

/// Adds a field that only one kind of store has.
void ConnectionDialog::addRow(Kind kind, const QString &label, QWidget *field)
{
    m_form->addRow(label, field);
    m_rows.append({kind, field});
}

/// The choice of a kind, and the field of the first one.
void ConnectionDialog::makeKind()
{
    m_kind = new QComboBox;
    m_kind->addItems({tr("SQLite file"), tr("Redis or Valkey"), tr("Running application"),
                      tr("Running application on another machine"), tr("Another store URL")});
    m_form->addRow(tr("S&tore:"), m_kind);

    m_file = new QLineEdit;
    m_file->setPlaceholderText(u"/var/lib/shop/sessions.db"_s);
    addRow(Sqlite, tr("&File:"), fileField(m_file, tr("File"), tr("Session database")));
}

void ConnectionDialog::makeServerFields()
{
    m_host = new QLineEdit(u"localhost:6379"_s);
    m_host->setToolTip(tr("Of sentinels and of a cluster's nodes any number, with commas between them."));
    m_servers = new QComboBox;
    m_servers->setObjectName("servers"_L1);
    m_servers->addItems({tr("One server"), tr("Sentinels, which know the master"), tr("Nodes of a cluster")});
    m_master = new QLineEdit;
    m_master->setToolTip(tr("The name by which the sentinels know the master."));
    m_number = new QLineEdit(u"0"_s);
    m_prefix = new QLineEdit(u"sojourn:"_s);
    m_user = new QLineEdit;
    m_password = new QLineEdit;
    m_password->setEchoMode(QLineEdit::Password);
    if (m_before.asksPassword)
        m_password->setPlaceholderText(Keychain::isAvailable() ? tr("as before") : tr("asked for each time"));
    m_tls = new QCheckBox(tr("Encr&ypted (TLS)"));
    m_keep = new QCheckBox(tr("&Keep the password in the system's keychain"));
    m_keep->setObjectName("keepPassword"_L1);
    m_keep->setEnabled(Keychain::isAvailable());
    if (!Keychain::isAvailable())
        m_keep->setToolTip(tr("There is no keychain here: the password is asked for each time."));

    addRow(Redis, tr("K&ind:"), m_servers);
    addRow(Redis, tr("&Host and port:"), m_host);
    addRow(Redis, tr("Name of the &master:"), m_master);
    addRow(Redis, tr("&Database number:"), m_number);
    addRow(Redis, tr("Key &prefix:"), m_prefix);
    addRow(Redis, {}, m_tls);
    addRow(Redis, tr("&User:"), m_user);
    addRow(Redis, tr("Pass&word:"), m_password);
}

void ConnectionDialog::makeLiveFields()
{
    m_liveName = new QComboBox;
    m_liveName->setEditable(true);
    m_liveName->addItems(LiveStore::runningNames());
    auto *liveHint = Foreign::makeLabel(tr("Applications of yours on this machine that let themselves be inspected."));
    liveHint->setWordWrap(true);
    addRow(Live, tr("&Application:"), m_liveName);
    addRow(Live, {}, liveHint);

    m_liveHost = new QLineEdit;
    m_liveHost->setPlaceholderText(u"web1:7443"_s);
    m_liveHost->setToolTip(tr("As the application listens with live+tls; an IPv6 address stands in brackets."));
    m_fingerprint = new QLineEdit;
    m_fingerprint->setToolTip(tr("The SHA-256 of its certificate, where no authority signed it that is known here."));
    m_token = new QLineEdit;
    m_token->setEchoMode(QLineEdit::Password);
    if (m_before.asksPassword)
        m_token->setPlaceholderText(m_password->placeholderText());
    m_caFile = new QLineEdit;
    m_certificateFile = new QLineEdit;
    m_keyFile = new QLineEdit;
    m_tokenFile = new QLineEdit;
    addRow(LiveTls, tr("&Host and port:"), m_liveHost);
    addRow(LiveTls, tr("Its &fingerprint:"), m_fingerprint);
    addRow(LiveTls, tr("Its authority:"), fileField(m_caFile, tr("Its authority"), tr("Certificate of its authority")));
    addRow(LiveTls, tr("My certificate:"), fileField(m_certificateFile, tr("My certificate"), tr("Client certificate")));
    addRow(LiveTls, tr("My private key:"),
           fileField(m_keyFile, tr("My private key"), tr("Private key of the client certificate")));
    addRow(LiveTls, tr("File with the token:"), fileField(m_tokenFile, tr("File with the token"), tr("File with the token")));
    addRow(LiveTls, tr("To&ken:"), m_token);
    addRow(LiveTls, {}, m_keep);
    m_rows.append({Redis, m_keep});

    m_url = new QLineEdit;
    addRow(Other, tr("Store UR&L:"), m_url);
}

/// What connections of every kind have.
void ConnectionDialog::makeOwnFields()
{
    m_name = new QLineEdit(m_before.name);
    m_environment = new QComboBox;
    for (const auto environment : {Connection::Development, Connection::Staging, Connection::Production})
        m_environment->addItem(Connection::environmentName(environment));
    m_environment->setToolTip(
        tr("Production stores open read-only, and destructive work on many sessions wants the name typed."));
    m_colour = new QComboBox;
    const QStringList colours = {tr("Blue"), tr("Green"), tr("Amber"), tr("Red"), tr("Violet"), tr("Teal"), tr("Grey")};
    const auto markers = Theme::markers();
    for (int i = 0; i < markers.size(); ++i)
        m_colour->addItem(Theme::dot(markers[i]), colours[i], markers[i]);
    m_readOnly = new QCheckBox(tr("Open &read-only"));
    m_save = new QCheckBox(tr("&Save in the side bar"));
    m_save->setChecked(true);

    m_form->addRow(tr("&Name:"), m_name);
    m_form->addRow(tr("&Environment:"), m_environment);
    m_form->addRow(tr("&Colour:"), m_colour);
    m_form->addRow({}, m_readOnly);
    m_form->addRow({}, m_save);
}

void ConnectionDialog::fill(const Connection &connection)
{
    fill(connection.url);
    m_environment->setCurrentIndex(connection.environment);
    m_colour->setCurrentIndex(std::max(0, int(Theme::markers().indexOf(connection.colour))));
    m_readOnly->setChecked(connection.readOnly);
    m_keep->setChecked(connection.keepsPassword);
    m_save->hide();
}

void ConnectionDialog::followChanges()
{
    for (QComboBox *choice : {m_kind, m_servers})
        connect(choice, &QComboBox::currentIndexChanged, this, &ConnectionDialog::showKind);
    connect(m_environment, &QComboBox::activated, this, [this] { m_environmentChosen = true; });
    // Production stands out, unless another colour was chosen.
    connect(m_colour, &QComboBox::activated, m_environment, [this] { m_environment->disconnect(m_colour); });
    if (m_before.url.isEmpty())
        QObject::connect(m_environment, &QComboBox::currentIndexChanged, m_colour,
                         [this](int index) { m_colour->setCurrentIndex(index == Connection::Production ? Red : 0); });
    for (QLineEdit *edit : {m_file, m_host, m_master, m_number, m_prefix, m_user, m_url, m_password, m_liveHost, m_caFile,
                            m_fingerprint, m_certificateFile, m_keyFile, m_tokenFile, m_token})
        connect(edit, &QLineEdit::textChanged, this, &ConnectionDialog::update);
    connect(m_liveName, &QComboBox::currentTextChanged, this, &ConnectionDialog::update);
}

QWidget *ConnectionDialog::fileField(QLineEdit *edit, const QString &name, const QString &title)
{
    auto *browse = new QToolButton;
    browse->setText(tr("…"));
    browse->setAccessibleName(tr("Choose a file"));
    connect(browse, &QToolButton::clicked, this, [this, edit, title] {
        auto *dialog = new QFileDialog(this, title, edit->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
        dialog->open();
    });
    auto *field = new QWidget;
    auto *layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(edit);
    layout->addWidget(browse);
    field->setFocusProxy(edit);
    edit->setAccessibleName(name);
    return field;
}

static QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

static QString encodedPath(const QString &path)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(path, "/:\\"));
}

QString ConnectionDialog::liveTlsUrl() const
{
    const QString host = m_liveHost->text().remove(u' ');
    if (host.isEmpty())
        return {};
    QStringList options;
    const auto add = [&options](QLatin1StringView name, const QString &value) {
        if (!value.isEmpty())
            options << name + u'=' + encodedPath(value);
    };
    add("token-file"_L1, m_tokenFile->text());
    add("fingerprint"_L1, m_fingerprint->text().remove(u' '));
    add("ca"_L1, m_caFile->text());
    add("cert"_L1, m_certificateFile->text());
    add("key"_L1, m_keyFile->text());
    return "live+tls://"_L1 + host + (options.isEmpty() ? QString() : u'?' + options.join(u'&'));
}

QString ConnectionDialog::url() const
{
    switch (m_kind->currentIndex()) {
    case Sqlite:
        return m_file->text().isEmpty() ? QString() : u"sqlite:"_s + encodedPath(m_file->text());
    case Redis: {
        const QString login = m_user->text().isEmpty() ? QString() : encoded(m_user->text()) + u'@';
        const int servers = m_servers->currentIndex();
        const QString number = m_number->text().trimmed();
        const QString scheme = servers == Sentinels ? u"+sentinel://"_s : servers == Cluster ? u"+cluster://"_s : u"://"_s;
        return (m_tls->isChecked() ? u"rediss"_s : u"redis"_s) + scheme + login + m_host->text().remove(u' ')
             + (servers == Sentinels ? u'/' + encoded(m_master->text().trimmed()) : QString())
             + (number.isEmpty() || servers == Cluster ? QString() : u'/' + number)
             + (m_prefix->text() == "sojourn:"_L1 ? QString() : u"?prefix="_s + encoded(m_prefix->text()));
    }
    case Live:
        return m_liveName->currentText().isEmpty() ? QString() : u"live:"_s + m_liveName->currentText();
    case LiveTls:
        return liveTlsUrl();
    default:
        return m_url->text().trimmed();
    }
}

/// The parts of a URL of sentinels or of a cluster that the form has fields for.
static std::optional<QRegularExpressionMatch> severalServersOf(const QString &url)
{
    static const QRegularExpression form(
        u"^rediss?\\+(?:sentinel|cluster)://(?:(?<user>[^/:]*)(?::[^/]*)?@)?(?<hosts>[^/@?]+)(?:/(?<master>[^/?]+)"
        "(?:/(?<number>\\d*))?)?(?:\\?prefix=(?<prefix>[^&]*))?$"_s);
    const auto match = form.match(url);
    return match.hasMatch() ? std::optional(match) : std::nullopt;
}

void ConnectionDialog::fill(const QString &url)
{
    const QUrl parsed(url);
    if (url.startsWith("sqlite:"_L1) && !url.contains(u'?')) {
        m_kind->setCurrentIndex(Sqlite);
        m_file->setText(QUrl::fromPercentEncoding(url.sliced(7).toUtf8()));
    } else if (url.startsWith("redis://"_L1) || url.startsWith("rediss://"_L1)) {
        m_kind->setCurrentIndex(Redis);
        m_tls->setChecked(url.startsWith("rediss"_L1));
        m_host->setText(parsed.authority().section(u'@', -1));
        m_number->setText(parsed.path().mid(1));
        m_user->setText(parsed.userName());
        if (const QUrlQuery query(parsed); query.hasQueryItem(u"prefix"_s))
            m_prefix->setText(query.queryItemValue(u"prefix"_s, QUrl::FullyDecoded));
    } else if (const auto several = severalServersOf(url)) {
        const auto part = [&several](QLatin1StringView name) {
            return QUrl::fromPercentEncoding(several->captured(name).toUtf8());
        };
        m_kind->setCurrentIndex(Redis);
        m_servers->setCurrentIndex(url.contains("+sentinel:"_L1) ? Sentinels : Cluster);
        m_tls->setChecked(url.startsWith("rediss"_L1));
        m_host->setText(several->captured("hosts"_L1));
        m_master->setText(part("master"_L1));
        m_number->setText(several->captured("number"_L1));
        m_user->setText(part("user"_L1));
        if (several->hasCaptured("prefix"_L1))
            m_prefix->setText(part("prefix"_L1));
    } else if (url.startsWith("live:"_L1)) {
        m_kind->setCurrentIndex(Live);
        m_liveName->setCurrentText(url.sliced(5));
    } else if (url.startsWith("live+tls://"_L1)) {
        const QUrlQuery query(parsed);
        const auto option = [&query](const QString &name) { return query.queryItemValue(name, QUrl::FullyDecoded); };
        m_kind->setCurrentIndex(LiveTls);
        m_liveHost->setText(parsed.authority().section(u'@', -1));
        m_tokenFile->setText(option(u"token-file"_s));
        m_fingerprint->setText(option(u"fingerprint"_s));
        m_caFile->setText(option(u"ca"_s));
        m_certificateFile->setText(option(u"cert"_s));
        m_keyFile->setText(option(u"key"_s));
    } else {
        m_kind->setCurrentIndex(Other);
        m_url->setText(displayUrl(url));
    }
}

/// Only the rows of the kind that is chosen.
void ConnectionDialog::showKind()
{
    for (const auto &[kind, field] : std::as_const(m_rows))
        m_form->setRowVisible(field, m_rows.contains(std::pair(Kind(m_kind->currentIndex()), field)));
    const bool isRedis = m_kind->currentIndex() == Redis;
    m_form->setRowVisible(m_master, isRedis && m_servers->currentIndex() == Sentinels);
    m_form->setRowVisible(m_number, isRedis && m_servers->currentIndex() != Cluster);
    resize(width(), sizeHint().height());
    update();
}

Connection ConnectionDialog::connection() const
{
    Connection connection = Connection::forUrl(url());
    if (!m_name->text().trimmed().isEmpty())
        connection.name = m_name->text().trimmed();
    connection.colour = m_colour->currentData().value<QColor>();
    connection.environment = Connection::Environment(m_environment->currentIndex());
    connection.readOnly = m_readOnly->isChecked();
    const bool hasPassword = m_kind->currentIndex() == Redis || m_kind->currentIndex() == LiveTls;
    connection.asksPassword = hasPassword && (m_before.asksPassword || !password().isEmpty());
    connection.keepsPassword = connection.asksPassword && m_keep->isChecked() && savesConnection();
    return connection;
}

QString ConnectionDialog::password() const
{
    return m_kind->currentIndex() == LiveTls ? m_token->text() : m_password->text();
}

bool ConnectionDialog::savesConnection() const
{
    return m_save->isChecked();
}

void ConnectionDialog::accept()
{
    const Connection now = connection();
    if (now.keepsPassword && !password().isEmpty())
        Keychain::write(now.url, password());
    QDialog::accept();
}

void ConnectionDialog::update()
{
    const QString now = url();
    const Connection usual = Connection::forUrl(now);
    m_name->setPlaceholderText(now.isEmpty() ? QString() : usual.name);
    if (m_before.url.isEmpty() && !m_environmentChosen)
        m_environment->setCurrentIndex(usual.environment);
    m_test->setEnabled(!now.isEmpty());
    m_open->setEnabled(!now.isEmpty());
    m_tested.reset();
    m_result->clear();
}

void ConnectionDialog::test()
{
    if (password().isEmpty() && m_before.asksPassword && displayUrl(url()) == displayUrl(m_before.url))
        Keychain::read(m_before.url, this,
                       [this](const std::optional<QString> &password) { testWith(password.value_or(QString())); });
    else
        testWith(password());
}

void ConnectionDialog::testWith(const QString &password)
{
    StoreOptions options{.readOnly = true, .password = {}};
    if (!password.isEmpty())
        options.password = password;
    const auto store = storeFromUrl(url(), options);
    if (!store) {
        m_result->setText(Format::error(store.error()));
        return;
    }
    m_tested = *store;
    m_result->setText(tr("Asking the store…"));
    QElapsedTimer timer;
    timer.start();
    m_tested->count().then(this, [this, timer, asked = m_tested](const Result<qint64> &count) {
        if (asked != m_tested)
            return;
        m_result->setText(count ? tr("It answers: %Ln sessions, %1 ms.", nullptr, int(*count))
                                      .arg(QLocale().toString(double(timer.nsecsElapsed()) / 1e6, 'f', 1))
                                : Format::error(count.error()));
    });
}

} // namespace Sojourn::Inspector
