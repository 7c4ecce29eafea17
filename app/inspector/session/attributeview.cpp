// SPDX-License-Identifier: MIT
#include "attributeview.h"

#include "jsontreemodel.h"
#include "look/rowdelegate.h"

#include <Sojourn/jsonrules.h>

#include <QtGui/QFocusEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolTip>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

namespace {

constexpr const char *Confirmed = "confirmed"; ///< editors whose text is to be written
constexpr const char *Filled = "filled";       ///< editors that have got their text: what is typed is not overwritten
constexpr const char *TypesJson = "typesJson";

/// Editors that commit by Return alone.
class EditDelegate : public RowDelegate
{
public:
    using RowDelegate::RowDelegate;

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (editor->property(Filled).toBool())
            return;
        editor->setProperty(Filled, true);
        RowDelegate::setEditorData(editor, index);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *editor = static_cast<QWidget *>(watched);
        if (event->type() == QEvent::FocusOut) {
            const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
            if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason && reason != Qt::MenuBarFocusReason)
                Q_EMIT closeEditor(editor, RevertModelCache);
            return false;
        }
        if (event->type() != QEvent::KeyPress)
            return RowDelegate::eventFilter(watched, event);
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!isGood(editor))
                return true;
            editor->setProperty(Confirmed, true);
            break;
        case Qt::Key_Escape:
            if (auto *view = qobject_cast<AttributeView *>(parent()))
                Q_EMIT view->editLeft(view->currentIndex());
            break;
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            Q_EMIT closeEditor(editor, RevertModelCache);
            return true;
        default:
            break;
        }
        return RowDelegate::eventFilter(watched, event);
    }

protected:
    /// Whether \a editor may commit what it has; says why not.
    virtual bool isGood(QWidget *) const { return true; }
};

/// Values that are not text are typed as JSON; what is not JSON stays in the editor until it is.
class ValueDelegate final : public EditDelegate
{
public:
    using EditDelegate::EditDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QWidget *editor = EditDelegate::createEditor(parent, option, index);
        if (editor && !index.data(JsonTreeModel::JsonRole).toJsonValue().isString())
            editor->setProperty(TypesJson, true);
        return editor;
    }

protected:
    bool isGood(QWidget *editor) const override
    {
        const auto *line = qobject_cast<QLineEdit *>(editor);
        if (!line || !line->property(TypesJson).toBool() || readJsonValue(line->text().toUtf8()))
            return true;
        QToolTip::showText(editor->mapToGlobal(QPoint(0, editor->height())),
                           AttributeView::tr("This is not JSON. Write text in quotes."), editor);
        return false;
    }
};

/// A choice of types in the Type column: choosing one commits it.
class TypeDelegate final : public EditDelegate
{
public:
    using EditDelegate::EditDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *box = new QComboBox(parent);
        for (const auto type :
             {QJsonValue::String, QJsonValue::Double, QJsonValue::Bool, QJsonValue::Null, QJsonValue::Array, QJsonValue::Object})
            box->addItem(JsonTreeModel::typeName(type), int(type));
        connect(box, &QComboBox::activated, this, [this, box] {
            box->setProperty(Confirmed, true);
            auto *self = const_cast<TypeDelegate *>(this);
            Q_EMIT self->commitData(box);
            Q_EMIT self->closeEditor(box);
        });
        return box;
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        auto *box = static_cast<QComboBox *>(editor);
        box->setCurrentIndex(box->findData(index.data(Qt::EditRole).toInt()));
    }
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        model->setData(index, static_cast<QComboBox *>(editor)->currentData(), Qt::EditRole);
    }
};

} // namespace

AttributeView::AttributeView(QWidget *parent) : QTreeView(parent)
{
    setAccessibleName(tr("Attributes"));
    setAlternatingRowColors(true);
    setUniformRowHeights(true);
    setIndentation(14);
    setEditTriggers(DoubleClicked | EditKeyPressed);
    setItemDelegate(new EditDelegate(this));
    setItemDelegateForColumn(JsonTreeModel::Value, new ValueDelegate(this));
    setItemDelegateForColumn(JsonTreeModel::Type, new TypeDelegate(this));
    for (QAbstractItemDelegate *delegate :
         {itemDelegate(), itemDelegateForColumn(JsonTreeModel::Value), itemDelegateForColumn(JsonTreeModel::Type)})
        connect(delegate, &QAbstractItemDelegate::closeEditor, this, &AttributeView::editClosed);
    connect(this, &QTreeView::expanded, this, &AttributeView::makeRoomFor);
}

/// Names deep inside need a wider column; beyond that the tree scrolls.
void AttributeView::makeRoomFor(const QModelIndex &index)
{
    int depth = 2; // the entries of an attribute, with their signs
    for (QModelIndex at = index.parent(); at.isValid(); at = at.parent())
        ++depth;
    const int wanted = depth * indentation() + fontMetrics().averageCharWidth() * 14;
    if (header()->sectionSize(JsonTreeModel::Name) < wanted)
        header()->resizeSection(JsonTreeModel::Name, wanted);
}

/// Finds names, whichever column is the current one.
void AttributeView::keyboardSearch(const QString &search)
{
    if (currentIndex().isValid() && currentIndex().column() != JsonTreeModel::Name)
        selectionModel()->setCurrentIndex(currentIndex().siblingAtColumn(JsonTreeModel::Name), QItemSelectionModel::NoUpdate);
    QTreeView::keyboardSearch(search);
}

bool AttributeView::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    const bool wanted = trigger == AllEditTriggers || editTriggers().testFlag(trigger);
    const QModelIndex at = trigger == EditKeyPressed && index.column() == JsonTreeModel::Name
                             ? index.siblingAtColumn(JsonTreeModel::Value)
                             : index;
    if (wanted && at.column() == JsonTreeModel::Value && (at.flags() & Qt::ItemIsEditable) && JsonTreeModel::needsPage(at)) {
        Q_EMIT pageWanted(at);
        return true;
    }
    return QTreeView::edit(at, trigger, event);
}

/// Views commit for many reasons; here only Return is one.
void AttributeView::commitData(QWidget *editor)
{
    if (editor && editor->property(Confirmed).toBool())
        QTreeView::commitData(editor);
}

void AttributeView::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (!isReturn || !isPlain || isEditing() || !currentIndex().isValid())
        return QTreeView::keyPressEvent(event);
    const QModelIndex first = currentIndex().siblingAtColumn(JsonTreeModel::Name);
    if (!edit(currentIndex(), EditKeyPressed, event) && model()->hasChildren(first))
        setExpanded(first, !isExpanded(first));
    event->accept();
}

} // namespace Sojourn::Inspector
