// SPDX-License-Identifier: MIT
#include "attributepage.h"

#include "attributeview.h"
#include "look/announce.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "valuedialog.h"

#include <Sojourn/SessionChange>

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

AttributePage::AttributePage(QWidget *parent) : QWidget(parent)
{
    m_model = new JsonTreeModel(this);
    m_tree = new AttributeView;
    m_tree->setObjectName("attributes"_L1);
    m_tree->setModel(m_model);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(JsonTreeModel::Value, QHeaderView::Stretch);
    m_tree->header()->resizeSection(JsonTreeModel::Name, 130);
    m_tree->header()->resizeSection(JsonTreeModel::Type, 80);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    QWidget *bar = makeBar();
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &AttributePage::updateActions);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &AttributePage::showFailure);
    connect(m_model, &JsonTreeModel::dataChanged, this, &AttributePage::showFailure);
    connect(m_tree, &AttributeView::editClosed, this, &AttributePage::editClosed);
    connect(m_tree, &AttributeView::pageWanted, this, &AttributePage::editOnPage);
    connect(m_tree, &AttributeView::editLeft, this, &AttributePage::forgetFailed);
    connectModel();

    m_editStatus = Foreign::makeLabel();
    m_editStatus->setWordWrap(true);
    m_editStatus->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(bar);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_editStatus);
}

QWidget *AttributePage::makeBar()
{
    auto *bar = new QToolBar;
    bar->setIconSize(QSize(16, 16));
    const auto action = [&](const QString &icon, const QString &text, const QKeySequence &shortcut = {}) {
        QAction *made = bar->addAction(Theme::icon(icon), text);
        made->setShortcut(shortcut);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_tree->addAction(made);
        return made;
    };
    m_add = action(u"add"_s, tr("Add attribute…"), QKeySequence(Qt::Key_Insert));
    m_rename = action(u"rename"_s, tr("Rename…"), QKeySequence(Qt::SHIFT | Qt::Key_F2));
    m_remove = action(u"delete"_s, tr("Remove"), QKeySequence::Delete);
    bar->addSeparator();
    m_copyJson = action(u"copy"_s, tr("Copy as JSON"), QKeySequence::Copy);
    m_copyPath = action(u"path"_s, tr("Copy path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    auto *asColumn = new QAction(tr("Show as column"), m_tree);
    asColumn->setObjectName("showAsColumn"_L1);
    m_tree->addAction(asColumn);
    bar->addSeparator();
    QAction *secrets = action(u"eye"_s, tr("Show secrets"));
    secrets->setCheckable(true);
    secrets->setToolTip(tr("Show values that look like secrets"));

    connect(m_add, &QAction::triggered, this, &AttributePage::addAttribute);
    connect(m_rename, &QAction::triggered, this, &AttributePage::renameAttribute);
    connect(m_remove, &QAction::triggered, this, [this] { m_model->removeAt(m_tree->currentIndex()); });
    connect(m_copyJson, &QAction::triggered, this, &AttributePage::copyJson);
    connect(m_copyPath, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_tree->currentIndex().data(JsonTreeModel::PathRole).toString()); });
    connect(asColumn, &QAction::triggered, this, [this] {
        const QModelIndex at = m_tree->currentIndex();
        if (at.isValid() && !at.data(JsonTreeModel::SecretRole).toBool())
            Q_EMIT columnWanted(m_model->pathOf(at).join(u'.'));
    });
    connect(secrets, &QAction::toggled, m_model, &JsonTreeModel::setSecretsShown);
    connect(secrets, &QAction::toggled, this, &AttributePage::secretsToggled);
    return bar;
}

/// Turns edits in the tree into changes of the session.
void AttributePage::connectModel()
{
    connect(m_model, &JsonTreeModel::setWanted, this,
            [this](const QString &name, const QJsonValue &value, const JsonTreeModel::Path &path) {
                SessionChange change;
                change.set(name.toUtf8(), encodeJson(value));
                QJsonValue typed = value;
                for (const QString &inside : path.sliced(1))
                    typed = typed.isArray() ? typed[inside.toInt()] : typed[inside];
                Q_EMIT changeWanted(tr("Set %1 of %2").arg(Foreign::line(name, 40), m_session), path, change, typed);
            });
    connect(m_model, &JsonTreeModel::removeWanted, this, [this](const QString &name) {
        SessionChange change;
        change.remove(name.toUtf8());
        Q_EMIT changeWanted(tr("Remove %1 of %2").arg(Foreign::line(name, 40), m_session), {name}, change, QJsonValue::Undefined);
    });
}

void AttributePage::leaveSession()
{
    ++m_shown;
    m_model->setEdits({});
    m_model->setAttributes({});
    m_editStatus->hide();
}

void AttributePage::setSession(const SessionKey &key)
{
    m_session = Format::shortKey(key);
}

void AttributePage::setState(State state)
{
    m_state = state;
    updateActions();
}

void AttributePage::updateActions()
{
    const bool writable = m_state == State::Writable;
    const QModelIndex at = m_tree->currentIndex();
    m_model->setEditable(writable);
    m_add->setEnabled(writable);
    m_rename->setEnabled(writable && at.isValid()
                         && (m_model->flags(at.siblingAtColumn(JsonTreeModel::Name)) & Qt::ItemIsEditable));
    m_remove->setEnabled(writable && at.isValid());
    m_copyJson->setEnabled(at.isValid());
    m_copyPath->setEnabled(at.isValid());
}

void AttributePage::copyJson()
{
    const QModelIndex at = m_tree->currentIndex();
    if (at.isValid() && !at.data(JsonTreeModel::SecretRole).toBool())
        QGuiApplication::clipboard()->setText(QString::fromUtf8(encodeJson(m_model->copyOf(at))));
}

void AttributePage::showAttribute(const QString &name)
{
    const auto found = m_model->match(m_model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
    if (found.isEmpty())
        return;
    m_tree->setCurrentIndex(found.first().siblingAtColumn(JsonTreeModel::Value));
    m_tree->setFocus();
}

void AttributePage::focusAttributes()
{
    if (!m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->index(0, JsonTreeModel::Value));
    m_tree->setFocus(Qt::OtherFocusReason);
}

bool AttributePage::editAt(const JsonTreeModel::Path &path)
{
    const auto place = m_model->indexAt(path);
    if (!place || !place->isValid())
        return false;
    const QModelIndex at = place->siblingAtColumn(JsonTreeModel::Value);
    m_tree->setCurrentIndex(at);
    m_tree->setFocus();
    if (!(at.flags() & Qt::ItemIsEditable))
        return false;
    m_tree->edit(at);
    return true;
}

/// An edit that did not happen is given up by leaving it.
void AttributePage::forgetFailed(const QModelIndex &left)
{
    using Status = JsonTreeModel::EditStatus;
    const JsonTreeModel::Path path = m_model->pathOf(left);
    if (const Status status = m_model->edits().value(path).status; status == Status::Failed || status == Status::Conflict)
        m_model->setEdit(path, {});
}

/// Says below the tree why the edit of the current attribute did not happen.
void AttributePage::showFailure()
{
    QModelIndex at = m_tree->currentIndex();
    while (at.parent().isValid() && at.data(JsonTreeModel::FailureRole).toString().isEmpty())
        at = at.parent();
    const QString failure = at.data(JsonTreeModel::FailureRole).toString();
    m_editStatus->setText(failure);
    m_editStatus->setVisible(!failure.isEmpty());
}

/// Shows messages that belong to no place in the tree below it.
void AttributePage::say(const QString &text)
{
    m_editStatus->setText(text);
    m_editStatus->setVisible(true);
    announce(m_editStatus, text);
}

void AttributePage::addAttribute()
{
    QModelIndex parent = m_tree->currentIndex().siblingAtColumn(0);
    const QJsonValue::Type type = parent.data(JsonTreeModel::JsonRole).toJsonValue().type();
    if (!m_tree->isExpanded(parent) || (type != QJsonValue::Object && type != QJsonValue::Array))
        parent = parent.parent();
    if (parent.data(JsonTreeModel::JsonRole).toJsonValue().isArray()) {
        m_model->add(parent, {}, QJsonValue::Null);
        return;
    }
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add attribute"));
    const QString path = parent.data(JsonTreeModel::PathRole).toString();
    dialog->setLabelText(parent.isValid() ? tr("Name in %1:").arg(Foreign::line(path)) : tr("Name:"));
    Foreign::showPlainly(dialog);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, shown = m_shown, place = m_model->pathOf(parent), path](const QString &name) {
                if (shown != m_shown)
                    say(tr("Not added: the session is not there any more, or not shown."));
                else if (!name.isEmpty())
                    add(name, place, path);
            });
    dialog->open();
}

/// Adds an attribute \a name in what is at \a place, called \a shownPlace, or says why not.
void AttributePage::add(const QString &name, const JsonTreeModel::Path &place, const QString &shownPlace)
{
    const auto at = m_state == State::Gone ? std::nullopt : m_model->indexAt(place);
    if (!at)
        return say(tr("Not added: the session is not there any more, or not shown."));
    if (at->isValid() && !at->data(JsonTreeModel::JsonRole).toJsonValue().isObject())
        return say(tr("Not added: %1 is no object any more.").arg(Foreign::line(shownPlace)));
    if (!at->isValid() && m_model->attributes().contains(name))
        showAttribute(name);
    else
        m_model->add(*at, name, u""_s);
}

void AttributePage::renameAttribute()
{
    const QModelIndex at = m_tree->currentIndex().siblingAtColumn(JsonTreeModel::Name);
    m_tree->setCurrentIndex(at);
    m_tree->edit(at);
}

/// Opens a page for a value that has no place in a line.
void AttributePage::editOnPage(const QModelIndex &index)
{
    const JsonTreeModel::Path path = m_model->pathOf(index);
    const QJsonValue present = index.data(JsonTreeModel::JsonRole).toJsonValue();
    const QJsonValue typed = m_model->edits().value(path).typed;
    auto *dialog = new ValueDialog(
        index.data(JsonTreeModel::PathRole).toString(), present, typed.isUndefined() ? present : typed,
        [this, shown = m_shown, path](const QJsonValue &value) { return writeAt(shown, path, value); }, this);
    dialog->open();
}

/// Writes \a value to \a path of the session that was the \a shown one, or says why not.
QString AttributePage::writeAt(int shown, const JsonTreeModel::Path &path, const QJsonValue &value)
{
    if (shown != m_shown || m_state == State::Gone)
        return tr("The session has ended, or is not shown any more. Copy what you typed.");
    if (m_state == State::ReadOnly)
        return tr("The store is read-only now.");
    const auto at = m_model->indexAt(path);
    if (!at || !at->isValid())
        return tr("This value is not there any more. Copy what you typed.");
    m_model->setValue(*at, value);
    return {};
}

} // namespace Sojourn::Inspector
