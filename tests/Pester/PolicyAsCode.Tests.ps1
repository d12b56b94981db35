BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'The policy as code' {
    BeforeEach {
        Push-Location $TestDrive
        Connect-PasskeyTenant -Sandbox | Out-Null
        Export-PasskeyPolicy policy.json -WarningAction SilentlyContinue
    }

    AfterEach { Pop-Location }

    It 'exports names and its schema' {
        $policy = Get-Content policy.json -Raw | ConvertFrom-Json
        $policy.profiles.name | Should -Be 'Default passkey profile', 'Privileged access', 'Synced pilot'
        $policy.targets.group | Should -Contain 'Passkey pilot'
        Get-Content policy.json -Raw | Test-Json -SchemaFile passkey-policy.schema.json | Should -BeTrue
    }

    It 'has no drift afterwards, and nothing to do' {
        Compare-PasskeyPolicy policy.json | Should -BeNullOrEmpty
        Compare-PasskeyPolicy policy.json -Quiet | Should -BeTrue
        Import-PasskeyPolicy policy.json -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -Be 'There is nothing to do: the policy is like that already.'
        Get-PasskeyPolicyChange | Should -BeNullOrEmpty
    }

    It 'makes an edit of the file and nothing else' {
        (Get-Content policy.json -Raw).Replace('"1Password",', "`"1Password`",`n// Asked for by Sales`n`"Dashlane`",") | Set-Content policy.json -Encoding utf8
        (Compare-PasskeyPolicy policy.json).Difference | Should -Be 'Synced pilot: + provider Dashlane'
        Import-PasskeyPolicy policy.json -WhatIf
        Compare-PasskeyPolicy policy.json -Quiet | Should -BeFalse
        (Import-PasskeyPolicy policy.json -PassThru).Outcome | Should -Be 'Applied'
        Compare-PasskeyPolicy policy.json -Quiet | Should -BeTrue
        (Get-PasskeyPolicyChange)[0] | Undo-PasskeyPolicyChange -Confirm:$false -MaximumAffectedUser 5 -MaximumUnknownUser 5
        Compare-PasskeyPolicy policy.json -Quiet | Should -BeFalse
    }

    It 'refuses what would lock people out' {
        (Get-Content policy.json -Raw) -replace '(?s)("name": "Synced pilot",\s+"passkeyTypes": \[\s+"DeviceBound"),\s+"Synced"', '$1' | Set-Content policy.json -Encoding utf8
        { Import-PasskeyPolicy policy.json -Confirm:$false } | Should -Throw -ErrorId 'LockoutRefused,*'
        (Import-PasskeyPolicy policy.json -PlanOnly).Impact.Stranded | Should -Be 60
    }

    It 'tells all names that are wrong at once, with their lines' {
        Set-Content policy.json '{ "version": 1,
            "exclusions": [
                { "group": "Nobody knows" },
                { "group": "Passkey pilots" }
            ] }'
        { Import-PasskeyPolicy policy.json } | Should -Throw -ErrorId 'PolicyGroupsUnresolved,*'
        { Compare-PasskeyPolicy policy.json } | Should -Throw '*line 3, column 28*line 4, column 28*'
    }

    It 'shows drift as a table that fits' {
        Set-PasskeyPolicy -SelfServiceRegistration $false
        Compare-PasskeyPolicy policy.json | Out-String -Width 80 | Should -Match 'Different\s+Policy\s+self-service registration: off -> on'
    }
}
