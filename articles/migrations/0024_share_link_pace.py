from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_language_versions")]

    operations = [
        migrations.AddField(
            model_name="sharelink",
            name="counted_from",
            field=models.DateTimeField(null=True, verbose_name="counted from"),
        ),
        migrations.AddField(
            model_name="sharelink",
            name="counted",
            field=models.PositiveIntegerField(default=0, verbose_name="counted"),
        ),
    ]
